package hgn.train.nhf;

import hgn.config.ConfigLoader;
import hgn.config.NhfConfig;
import hgn.tensor.Backends;
import hgn.tensor.DType;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Small flows that train quickly. */
final class TinyNhfs {
  /** Steps after which a flow of the default settings has left its first plateau. */
  static final int STEPS = 250;

  private TinyNhfs() {}

  /** The default settings: smaller flows may stay Gaussian for a long time. */
  static NhfConfig learning(String density) {
    return ConfigLoader.loadFlow(null, List.of("flow.density=" + density));
  }

  static NhfConfig config(String... more) {
    List<String> settings =
        new ArrayList<>(
            List.of(
                "flow.flows=3",
                "flow.hidden=24",
                "train.batch=64",
                "train.steps=6",
                "train.learning-rate=1e-2",
                "train.log-every=1",
                "train.evaluate-every=4",
                "train.evaluate-points=50",
                "train.draws=4"));
    settings.addAll(Arrays.asList(more));
    return ConfigLoader.loadFlow(null, settings);
  }

  /** In float64, on the plain backend. */
  static NhfExperiment exact(String... more) {
    return new NhfExperiment(config(more), Backends.get("jvm"), DType.FLOAT64);
  }

  /** Trains for {@code steps} steps and returns the losses. */
  static double[] train(NhfExperiment experiment, int steps) {
    NhfStep step = new NhfStep(experiment);
    double[] losses = new double[steps];
    for (int k = 0; k < steps; k++) {
      losses[k] = step.run(k);
    }
    return losses;
  }
}
