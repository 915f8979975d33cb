package hgn.reproduce;

import java.util.List;

/** The models that the paper compares, each by the settings that make it. */
public enum Variant {
  /** Hamiltonian Generative Network, the main one. */
  LEAPFROG("HGN (leapfrog)", "model.integrator=leapfrog"),
  /** With Euler's method. */
  EULER("HGN (Euler)", "model.integrator=euler"),
  /** With the classical method of Runge and Kutta. */
  RK4("HGN (RK4)", "model.integrator=rk4"),
  /** With Yoshida's composition. */
  YOSHIDA("HGN (Yoshida)", "model.integrator=yoshida"),
  /** z is the posterior's mean. */
  DETERMINISTIC("HGN (determ)", "model.deterministic=true"),
  /** The encoder gives the state itself. */
  NO_TRANSFORMER("HGN (no f_psi)", "model.transformer=false"),
  /** H = T(p) + V(q). */
  SEPARABLE("HGN (separable H)", "model.energy=separable"),
  /** H(q, p), of whatever form. */
  JOINT("HGN (joint H)", "model.energy=joint"),
  /** The network gives the change of q and p itself. */
  MODELLING("integrator modelling", "model.dynamics=direct", "model.integrator=euler"),
  /** Leapfrog as the released code has it. */
  PUBLISHED_LEAPFROG("HGN (published leapfrog)", "model.integrator=published-leapfrog"),
  /** Yoshida's composition as the released code has it. */
  PUBLISHED_YOSHIDA("HGN (published Yoshida)", "model.integrator=published-yoshida"),
  /** Runge and Kutta's method as the released code has it. */
  PUBLISHED_RK4("HGN (published RK4)", "model.integrator=published-rk4"),
  /** pixelHNN of Greydanus et al. */
  HNN("HNN", "model.family=hnn"),
  /** The same with the encoder and decoder of an HGN. */
  HNN_CONV("HNN (conv)", "model.family=hnn-conv");

  private final String label;
  private final List<String> settings;

  Variant(String label, String... settings) {
    this.label = label;
    this.settings = List.of(settings);
  }

  /** As the paper calls it. */
  public String label() {
    return label;
  }

  /** What makes it, beside the defaults. */
  public List<String> settings() {
    return settings;
  }

  /** Whether it learns from pairs of frames and has no latents. */
  boolean isHnn() {
    return this == HNN || this == HNN_CONV;
  }

  /** Part of the name of its runs. */
  public String key() {
    return name().toLowerCase(java.util.Locale.ROOT).replace('_', '-');
  }
}
