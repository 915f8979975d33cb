package hgn.reproduce;

/** Names under which measured values are kept, those of {@code evaluation.json}. */
final class Values {
  static final String TEST = "test_mse";
  static final String TRAIN = "train_mse";
  static final String STATIC = "static_image_mse";
  static final String HELD = "held_frame_mse";
  static final String BACKWARD = "backward_mse";
  static final String SLOW = "half_speed_mse";
  static final String BEYOND = "beyond_horizon_mse";
  static final String FAST = "double_speed_mse";
  static final String HORIZON = "vpt_forward";
  static final String HORIZON_BACKWARD = "vpt_backward";
  static final String FILM_ENERGY = "film_energy_kept";
  static final String FILM_ENERGY_BACKWARD = "film_energy_kept_backward";
  static final String TRUE_FILM_ENERGY = "true_film_energy_kept";
  static final String RELATIVE_DEVIATION = "energy_relative_deviation";
  static final String DETERMINATION = "symetric_r2";
  static final String CANONICITY = "symetric_sym";
  static final String ENERGY_DEVIATION = "energy_deviation";
  static final String RECONSTRUCTION_SECONDS = "reconstruction_seconds";
  static final String DIVERGENCE = "kl";
  static final String ACTIVE = "active_latents";
  static final String RIGHT = "sample_right";
  static final String SPREAD_SHARE = "sample_spread_share";
  static final String SYMETRIC = "symetric";
  static final String SPREAD = "sample_spread";
  static final String STRANGENESS = "sample_strangeness";

  private Values() {}
}
