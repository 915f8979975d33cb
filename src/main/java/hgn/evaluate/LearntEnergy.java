package hgn.evaluate;

import hgn.autograd.Tape;
import hgn.autograd.Var;
import hgn.data.Batch;
import hgn.data.BatchMaker;
import hgn.dynamics.Leapfrog;
import hgn.dynamics.PhaseState;
import hgn.frames.Split;
import hgn.model.Hgn;
import hgn.nn.Parameter;
import hgn.tensor.Arena;
import hgn.tensor.Backends;
import hgn.tensor.DType;
import hgn.tensor.Tensor;
import hgn.train.Experiment;
import hgn.verify.TestProblem;
import java.util.Iterator;
import java.util.Optional;
import java.util.stream.LongStream;

/**
 * A trained model's energy in float64, its parameters being those of float32, with states that it
 * infers from test rollouts, taking z = mean. On any backend: the numbers are copied.
 */
public final class LearntEnergy implements AutoCloseable {
  /** The backend that it computes on. */
  public static final String BACKEND = "jvm";

  private final Hgn model;
  private final TestProblem problem;

  private LearntEnergy(Hgn learnt, Experiment experiment, String name, int states) {
    // the model's own integrator plays no part: nothing is rolled out by it
    model = new Hgn(learnt.spec(), new Leapfrog(), Backends.get(BACKEND), DType.FLOAT64, 0);
    Iterator<Parameter> trained = learnt.parameters().all().iterator();
    for (Parameter parameter : model.parameters().all()) {
      parameter.value().set(trained.next().value().toDoubles());
    }
    Batch batch =
        BatchMaker.ofFrames(experiment.films(Split.TEST), experiment.window())
            .make(LongStream.range(0, states).toArray());
    problem = TestProblem.of(name, model.energy().orElseThrow(), infer(batch));
  }

  /**
   * The energy of the model that {@code experiment} holds; empty if that is not an HGN with one.
   *
   * @param name for tables
   * @param states how many; they belong to the innermost arena
   */
  public static Optional<LearntEnergy> of(Experiment experiment, String name, int states) {
    return isIn(experiment)
        ? Optional.of(new LearntEnergy((Hgn) experiment.model(), experiment, name, states))
        : Optional.empty();
  }

  /** Whether {@code experiment} holds such an energy. */
  static boolean isIn(Experiment experiment) {
    return experiment.model() instanceof Hgn learnt && learnt.energy().isPresent();
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

  /** What integrators are measured on. */
  public TestProblem problem() {
    return problem;
  }

  @Override
  public void close() {
    model.close();
  }
}
