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
 * A trained model's energy in float64, with parameters converted from float32, and states inferred
 * from test rollouts with z = mean. Works for any backend, since the parameters are copied.
 */
public final class LearntEnergy implements AutoCloseable {
  /** The backend of the computation. */
  public static final String BACKEND = "jvm";

  private final Hgn model;
  private final TestProblem problem;

  private LearntEnergy(Hgn learnt, Experiment experiment, String name, int states) {
    // the model's own integrator is not used
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
   * The energy of the model in {@code experiment}; empty if it is not an HGN with an energy.
   *
   * @param name name for tables
   * @param states number of states; they belong to the innermost arena
   */
  public static Optional<LearntEnergy> of(Experiment experiment, String name, int states) {
    return isIn(experiment)
        ? Optional.of(new LearntEnergy((Hgn) experiment.model(), experiment, name, states))
        : Optional.empty();
  }

  /** Whether the model of {@code experiment} has such an energy. */
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

  /** The test problem for integrators. */
  public TestProblem problem() {
    return problem;
  }

  @Override
  public void close() {
    model.close();
  }
}
