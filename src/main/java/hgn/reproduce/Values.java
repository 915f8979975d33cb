package hgn.reproduce;

/** Names under which measured values are kept, those of {@code evaluation.json}. */
final class Values {
  static final String TEST = "test_mse";
  static final String TRAIN = "train_mse";
  static final String STATIC = "static_image_mse";
  static final String BACKWARD = "backward_mse";
  static final String SLOW = "half_speed_mse";
  static final String BEYOND = "beyond_horizon_mse";
  static final String ENERGY_DEVIATION = "energy_deviation";
  static final String RECONSTRUCTION_SECONDS = "reconstruction_seconds";
  static final String DIVERGENCE = "kl";
  static final String ACTIVE = "active_latents";
  static final String SPREAD = "sample_spread";
  static final String STRANGENESS = "sample_strangeness";

  private Values() {}
}
