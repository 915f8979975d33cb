package hgn.config;

/** Checks which variants of model and training can be combined. */
final class CrossChecks {
  /** Frames that one sample of an HNN needs: two pairs, one frame apart. */
  private static final int TRIPLE = 3;

  private final ModelConfig model;
  private final TrainConfig train;

  private CrossChecks(ModelConfig model, TrainConfig train) {
    this.model = model;
    this.train = train;
  }

  /**
   * Rejects contradictory settings.
   *
   * @throws ConfigException naming both settings and the remedy
   */
  static void requirePossible(ModelConfig model, TrainConfig train) {
    CrossChecks all = new CrossChecks(model, train);
    all.requireShards();
    if (model.dynamics().equals(ModelConfig.DIRECT)) {
      all.requireDirect();
    }
    if (model.latent() != 0) {
      all.requireLatents();
    }
    if (model.phase() != 0) {
      all.requirePhase();
    }
    if (model.angles() != 0) {
      all.requireAngles();
    }
    if (model.infersMiddle() && !model.framesIn().isAll()) {
      throw new ConfigException(
          "model.infer = middle does not go with model.frames-in = "
              + model.framesIn()
              + ": the frames before the middle are known only"
              + " if the encoder sees all of them; use all, or end");
    }
    if (model.isHnn()) {
      all.requireHnn();
    } else if (train.objective().equals(TrainConfig.SUM)) {
      throw all.impossible(
          "train.objective",
          train.objective(),
          "an HGN's divergence needs a weight; use geco or vae");
    }
  }

  private void requireShards() {
    int shards = train.shards();
    if (Integer.bitCount(shards) != 1) {
      throw new ConfigException(
          "train.shards = "
              + shards
              + " is not a power of two, as a binary tree of sums needs; use "
              + Integer.highestOneBit(shards)
              + " or "
              + 2L * Integer.highestOneBit(shards));
    }
    if (train.batch() % shards != 0) {
      throw new ConfigException(
          "train.shards = "
              + shards
              + " does not divide train.batch = "
              + train.batch()
              + "; use a batch of a multiple of "
              + shards
              + ", or fewer shards");
    }
  }

  private void requireDirect() {
    String why = "there is no energy, the network gives the rates of q and p; ";
    if (!model.integrator().equals("euler")) {
      throw impossible("model.integrator", model.integrator(), why + "leave it out, or use euler");
    }
    if (!model.energy().equals("joint")) {
      throw impossible("model.energy", model.energy(), why + "leave it out");
    }
    if (!model.base().equals("none")) {
      throw impossible("model.base", model.base(), why + "leave it out, or use none");
    }
  }

  private void requireLatents() {
    if (model.isHnn()) {
      throw impossible("model.latent", model.latent(), "an HNN has no latents; leave it out");
    }
    if (!model.transformer()) {
      throw new ConfigException(
          "model.latent = "
              + model.latent()
              + " does not go with model.transformer = false: z is the state then, whose size the"
              + " preset gives; leave one of them out");
    }
  }

  private void requirePhase() {
    if (!model.preset().equals("quick")) {
      throw new ConfigException(
          "model.phase = "
              + model.phase()
              + " does not go with model.preset = "
              + model.preset()
              + ", whose states are images; use quick, or leave it out");
    }
  }

  private void requireAngles() {
    if (model.angles() > model.phase()) {
      throw new ConfigException(
          "model.angles = "
              + model.angles()
              + " exceeds model.phase = "
              + model.phase()
              + ", the numbers of q; lower the first or raise the second");
    }
  }

  private void requireHnn() {
    if (model.dynamics().equals(ModelConfig.DIRECT)) {
      throw impossible("model.dynamics", model.dynamics(), "an HNN is its energy; leave it out");
    }
    if (model.integrator().startsWith("published-")) {
      throw impossible(
          "model.integrator",
          model.integrator(),
          "the released forms are of a model with latents; use the one without 'published-'");
    }
    if (!model.deterministic()) {
      throw impossible(
          "model.deterministic", false, "an HNN has no posterior to draw from; leave it out");
    }
    if (model.framesIn().count() < 2) {
      throw impossible(
          "model.frames-in",
          model.framesIn(),
          "an HNN infers the state from the last two frames that it sees; use a number from 2 on");
    }
    if (model.infersMiddle()) {
      throw impossible(
          "model.infer",
          model.infer(),
          "an HNN infers the state from the last two frames that it sees; leave it out");
    }
    if (!train.objective().equals(TrainConfig.SUM)) {
      throw impossible(
          "train.objective",
          train.objective(),
          "an HNN's loss is the sum of its terms; leave it out");
    }
    requireTriples();
    if (model.family().equals(ModelConfig.HNN)) {
      requireDense();
    }
  }

  private void requireTriples() {
    String why = "an HNN learns from three frames in a row; use at least " + TRIPLE;
    if (train.decodeFrames() != 0 && train.decodeFrames() < TRIPLE) {
      throw impossible("train.decode-frames", train.decodeFrames(), why + ", or 0 for all");
    }
    if (model.framesOut() < TRIPLE) {
      throw impossible("model.frames-out", model.framesOut(), why);
    }
  }

  private void requireDense() {
    String why = "its networks are dense layers of their own; leave it out, or use hnn-conv";
    if (!model.transformer()) {
      throw impossible("model.transformer", false, why);
    }
    if (!model.energy().equals("joint")) {
      throw impossible("model.energy", model.energy(), why);
    }
    if (!model.base().equals("none")) {
      throw impossible("model.base", model.base(), why);
    }
    if (model.contrast() != 0) {
      throw impossible("model.contrast", model.contrast(), why);
    }
  }

  private ConfigException impossible(String key, Object value, String why) {
    String variant =
        model.isHnn() || !model.dynamics().equals(ModelConfig.DIRECT)
            ? "model.family = " + model.family()
            : "model.dynamics = " + model.dynamics();
    return new ConfigException(key + " = " + value + " does not go with " + variant + ": " + why);
  }
}
