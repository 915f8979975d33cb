package hgn.reproduce;

import java.util.List;

/** The models compared in the paper, defined by their settings. */
public enum Variant {
  /** Hamiltonian Generative Network, the main model. */
  LEAPFROG("HGN (leapfrog)", "model.integrator=leapfrog"),
  /** With Euler's method. */
  EULER("HGN (Euler)", "model.integrator=euler"),
  /** With the classical Runge-Kutta method of order 4. */
  RK4("HGN (RK4)", "model.integrator=rk4"),
  /** With Yoshida's method of order 4. */
  YOSHIDA("HGN (Yoshida)", "model.integrator=yoshida"),
  /** With z = posterior mean. */
  DETERMINISTIC("HGN (determ)", "model.deterministic=true"),
  /** Without f_psi: z is the state. */
  NO_TRANSFORMER("HGN (no f_psi)", "model.transformer=false"),
  /** H = T(p) + V(q). */
  SEPARABLE("HGN (separable H)", "model.energy=separable"),
  /** H(q, p) without restriction. */
  JOINT("HGN (joint H)", "model.energy=joint"),
  /** A network outputs dq/dt and dp/dt directly. */
  MODELLING("integrator modelling", "model.dynamics=direct", "model.integrator=euler"),
  /** Leapfrog as in the released code. */
  PUBLISHED_LEAPFROG("HGN (published leapfrog)", "model.integrator=published-leapfrog"),
  /** Yoshida's method as in the released code. */
  PUBLISHED_YOSHIDA("HGN (published Yoshida)", "model.integrator=published-yoshida"),
  /** RK4 as in the released code. */
  PUBLISHED_RK4("HGN (published RK4)", "model.integrator=published-rk4"),
  /** pixelHNN of Greydanus et al. */
  HNN("HNN", "model.family=hnn"),
  /** HNN with the encoder and decoder of an HGN. */
  HNN_CONV("HNN (conv)", "model.family=hnn-conv");

  private final String label;
  private final List<String> settings;

  Variant(String label, String... settings) {
    this.label = label;
    this.settings = List.of(settings);
  }

  /** The name used in the paper. */
  public String label() {
    return label;
  }

  /** Its settings besides the defaults. */
  public List<String> settings() {
    return settings;
  }

  /** Whether it is an HNN, which learns from pairs of frames and has no latents. */
  boolean isHnn() {
    return this == HNN || this == HNN_CONV;
  }

  /** Part of the name of its runs. */
  public String key() {
    return name().toLowerCase(java.util.Locale.ROOT).replace('_', '-');
  }
}
