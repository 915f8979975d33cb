package hgn.benchmarks;

import hgn.bench.BenchWork;
import hgn.bench.OperationCount;
import hgn.dynamics.Integrator;
import hgn.dynamics.Integrators;
import hgn.model.BaseEnergy;
import hgn.model.Hgn;
import hgn.model.HgnSpec;
import hgn.model.Presets;
import hgn.tensor.Backend;
import hgn.tensor.DType;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;

/**
 * The reference workload: the released code's network, 16 rollouts, 5 frames in and 30 out, dt =
 * 0.125, on random inputs.
 */
final class PublishedModel {
  static final int BATCH = 16;
  static final int FRAMES = 30;
  static final int FRAMES_IN = 5;

  /** Scale of the energy network at which q and p move. */
  private static final double GAIN = 4;

  private PublishedModel() {}

  static HgnSpec spec() {
    return Presets.named("published", FRAMES_IN, BaseEnergy.NONE, GAIN);
  }

  /**
   * A part of the training step, bound by arithmetic.
   *
   * @param integrator steps the state
   * @param frames states of a rollout
   * @param part of the work
   * @param operations that it takes
   */
  static Task task(
      Backend backend,
      String integrator,
      int frames,
      Function<BenchWork, Runnable> part,
      ToDoubleFunction<OperationCount> operations) {
    Integrator method = Integrators.named(integrator);
    Hgn model = new Hgn(spec(), method, backend, DType.FLOAT32, 0);
    BenchWork work = new BenchWork(model, BATCH, frames);
    OperationCount count = new OperationCount(spec(), BATCH, frames, method.evaluations());
    Runnable run = BenchWork.awaited(part.apply(work), backend);
    return new Task(run, operations.applyAsDouble(count), Ceiling.COMPUTE)
        .closedBy(
            () -> {
              work.close();
              model.close();
            });
  }
}
