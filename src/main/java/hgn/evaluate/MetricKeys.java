package hgn.evaluate;

/** Keys of measured values in {@code evaluation.json}. */
public final class MetricKeys {
  public static final String TEST = "test_mse";
  public static final String TRAIN = "train_mse";
  public static final String STATIC = "static_image_mse";
  public static final String PERSISTENCE = "held_frame_mse";
  public static final String BACKWARD = "backward_mse";
  public static final String SLOW = "half_speed_mse";
  public static final String BEYOND = "beyond_horizon_mse";
  public static final String FAST = "double_speed_mse";
  public static final String HORIZON = "vpt_forward";
  public static final String HORIZON_BACKWARD = "vpt_backward";
  public static final String FILM_ENERGY = "film_energy_kept";
  public static final String FILM_ENERGY_BACKWARD = "film_energy_kept_backward";
  public static final String TRUE_FILM_ENERGY = "true_film_energy_kept";
  public static final String RELATIVE_DEVIATION = "energy_relative_deviation";
  public static final String DETERMINATION = "symetric_r2";
  public static final String CANONICITY = "symetric_sym";
  public static final String ENERGY_DEVIATION = "energy_deviation";
  public static final String RECONSTRUCTION_SECONDS = "reconstruction_seconds";
  public static final String DIVERGENCE = "kl";
  public static final String ACTIVE = "active_latents";
  public static final String RIGHT = "sample_right";
  public static final String RECONSTRUCTED_RIGHT = "reconstruction_right";
  public static final String SPREAD_SHARE = "sample_spread_share";
  public static final String SYMETRIC = "symetric";
  public static final String SPREAD = "sample_spread";
  public static final String STRANGENESS = "sample_strangeness";
  public static final String NOISE = "noise_mse";
  public static final String INTEGRATOR_ORDER = "flow_order";
  public static final String INTEGRATOR_REVERSAL = "flow_reversal";
  public static final String INTEGRATOR_SYMPLECTICITY = "flow_symplecticity";
  public static final String SPREAD_CEILING = "sample_spread_ceiling";
  public static final String TRUE_STRANGENESS = "sample_strangeness_true";

  private MetricKeys() {}
}
