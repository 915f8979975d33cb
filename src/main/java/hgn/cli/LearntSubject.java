package hgn.cli;

import hgn.autograd.Tape;
import hgn.autograd.Var;
import hgn.frames.Split;
import hgn.model.Hgn;
import hgn.model.PhaseState;
import hgn.model.integrators.Leapfrog;
import hgn.nn.Parameter;
import hgn.tensor.Arena;
import hgn.tensor.Backends;
import hgn.tensor.DType;
import hgn.tensor.Tensor;
import hgn.train.Batch;
import hgn.train.BatchMaker;
import hgn.train.Experiment;
import hgn.verify.Subject;
import java.util.Iterator;
import java.util.List;
import java.util.stream.LongStream;

/**
 * A trained model's energy in float64, its parameters being those of float32, with states that it
 * infers from test rollouts, taking z = mean.
 */
final class LearntSubject implements AutoCloseable {
  private static final String BACKEND = "jvm";

  private final Hgn model;
  private final Subject subject;

  /** The setting by which a run is loaded for this. */
  static List<String> settings() {
    return List.of("engine.backend=" + BACKEND);
  }

  /**
   * The energy of a run.
   *
   * @param states how many; they belong to the innermost arena
   */
  LearntSubject(LoadedRun run, int states) {
    Experiment experiment = run.experiment();
    if (!(experiment.model() instanceof Hgn learnt) || learnt.energy().isEmpty()) {
      throw new Failure(
          run.folder()
              + " holds no energy to verify, but "
              + experiment.model().parameters().owner()
              + "; name a run of an HGN with an energy, or a --system");
    }
    // the model's own integrator plays no part: nothing is rolled out by it
    model = new Hgn(learnt.spec(), new Leapfrog(), Backends.get(BACKEND), DType.FLOAT64, 0);
    Iterator<Parameter> trained = experiment.model().parameters().all().iterator();
    for (Parameter parameter : model.parameters().all()) {
      parameter.value().set(trained.next().value().toDoubles());
    }
    Batch batch =
        BatchMaker.ofFrames(experiment.rollouts(Split.TEST), experiment.window())
            .make(LongStream.range(0, states).toArray());
    subject =
        Subject.of(run.folder().path().toString(), model.energy().orElseThrow(), infer(batch));
  }

  private PhaseState infer(Batch batch) {
    try (Arena scratch = Arena.open("infer");
        Tape.Mode off = Tape.pause()) {
      Tensor clips =
          Tensor.of(Backends.get(BACKEND), DType.FLOAT64, batch.clipShape(), batch.clips());
      PhaseState state =
          model.transformer().apply(model.encoder().apply(Var.constant(clips)).mean());
      scratch.keep(state.q().value());
      scratch.keep(state.p().value());
      return state;
    }
  }

  Subject subject() {
    return subject;
  }

  @Override
  public void close() {
    model.close();
  }
}
