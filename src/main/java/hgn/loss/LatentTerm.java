package hgn.loss;

/** The term of a loss besides the reconstruction error. */
public enum LatentTerm {
  /** The KL divergence of the posterior from the prior, per pixel and colour. */
  DIVERGENCE("divergence (KL)", "kl", "KL"),
  /** The terms of an HNN that make its states follow the learnt motion. */
  STATES("latent terms", "latent", "latent");

  private final String words;
  private final String key;
  private final String label;

  LatentTerm(String words, String key, String label) {
    this.words = words;
    this.key = key;
    this.label = label;
  }

  /** Name in messages. */
  public String words() {
    return words;
  }

  /** Key in the metrics. */
  public String key() {
    return key;
  }

  /** Short name for progress lines. */
  public String label() {
    return label;
  }
}
