package hgn.peer;

import hgn.dynamics.Integrators;
import hgn.loss.Geco;
import hgn.model.BaseEnergy;
import hgn.model.Hgn;
import hgn.model.HgnSpec;
import hgn.model.Presets;
import hgn.tensor.Backend;
import hgn.tensor.DType;

/** The work that both sides do: that of {@code bench step --preset published}. */
final class Setting {
  static final int FRAMES_IN = 5;
  static final int FRAMES_OUT = 30;
  static final double DT = 0.125;
  static final double RATE = 1.5e-4;
  static final double BETA1 = 0.9;
  static final double BETA2 = 0.999;
  static final double EPSILON = 1e-8;
  static final Geco.Settings GECO = new Geco.Settings(0.033, 0.99, 0.1, 1);

  /** Scale of the energy network at which q and p move. */
  private static final double GAIN = 4;

  private static final long SEED = 0;

  private Setting() {}

  /** The architecture. */
  static HgnSpec spec() {
    return Presets.named("published", FRAMES_IN, BaseEnergy.NONE, GAIN);
  }

  /** A model with the parameters from which both sides start. */
  static Hgn model(Backend backend) {
    return new Hgn(spec(), Integrators.named("leapfrog"), backend, DType.FLOAT32, SEED);
  }
}
