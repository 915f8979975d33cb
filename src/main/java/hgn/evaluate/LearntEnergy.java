package hgn.evaluate;

import hgn.autograd.Tape;
import hgn.autograd.Var;
import hgn.autograd.ops.Arithmetic;
import hgn.data.Batch;
import hgn.data.BatchMaker;
import hgn.dynamics.Hamiltonian;
import hgn.dynamics.PhaseState;
import hgn.frames.Split;
import hgn.model.FilmModel;
import hgn.model.Hnn;
import hgn.tensor.Arena;
import hgn.tensor.Backends;
import hgn.tensor.DType;
import hgn.tensor.Tensor;
import hgn.train.Experiment;
import hgn.verify.TestProblem;
import java.util.Optional;
import java.util.stream.LongStream;

/**
 * A trained model's energy in float64, with parameters converted from float32, and states inferred
 * from test rollouts with z = mean. Works for any backend, since the parameters are copied.
 */
public final class LearntEnergy implements AutoCloseable {
  /** The backend of the computation. */
  public static final String BACKEND = "jvm";

  private final FilmModel model;
  private final TestProblem problem;

  private LearntEnergy(Experiment experiment, String name, int states) {
    model = experiment.copyOfModel(Backends.get(BACKEND), DType.FLOAT64);
    Batch batch =
        BatchMaker.ofFrames(experiment.films(Split.TEST), experiment.window())
            .make(LongStream.range(0, states).toArray());
    Hamiltonian learnt = model.energy().orElseThrow();
    problem = TestProblem.of(name, inSeconds(learnt, experiment), infer(batch));
  }

  /** An HNN's unit of time is that between frames; its motion in seconds is that of H / dt. */
  private static Hamiltonian inSeconds(Hamiltonian learnt, Experiment experiment) {
    double dt = experiment.config().data().dt();
    return experiment.model() instanceof Hnn
        ? (q, p) -> Arithmetic.scale(learnt.energy(q, p), 1 / dt)
        : learnt;
  }

  /**
   * The energy of the model in {@code experiment}; empty if it has learnt none.
   *
   * @param name name for tables
   * @param states number of states; they belong to the innermost arena
   */
  public static Optional<LearntEnergy> of(Experiment experiment, String name, int states) {
    return isIn(experiment)
        ? Optional.of(new LearntEnergy(experiment, name, states))
        : Optional.empty();
  }

  /** Whether the model of {@code experiment} has such an energy. */
  static boolean isIn(Experiment experiment) {
    return experiment.model().energy().isPresent();
  }

  private PhaseState infer(Batch batch) {
    try (Arena scratch = Arena.open("infer");
        Tape.Mode off = Tape.pause()) {
      Tensor clips =
          Tensor.of(Backends.get(BACKEND), DType.FLOAT64, batch.clipShape(), batch.clips());
      PhaseState state = model.infer(Var.constant(clips), null);
      scratch.keep(state.q().value());
      scratch.keep(state.p().value());
      return state;
    }
  }

  /** The test problem for integrators. */
  public TestProblem problem() {
    return problem;
  }

  @Override
  public void close() {
    model.close();
  }
}
