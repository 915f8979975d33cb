package hgn.evaluate;

import hgn.autograd.Tape;
import hgn.data.Batch;
import hgn.dynamics.PhaseState;
import hgn.frames.RolloutGenerator;
import hgn.frames.RolloutGenerator.AverageFilm;
import hgn.frames.Split;
import hgn.predict.Estimate;
import hgn.predict.Evaluator;
import hgn.predict.Predictor;
import hgn.tensor.Arena;
import hgn.train.Experiment;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * Where a model's error against films without noise comes from.
 *
 * <p>The true film is averaged over its noise, so that the error is what a model's mean squared
 * error would exceed the noise by, if the noise were drawn anew. A part of it would be gone if the
 * model began at the best state that its phase space has for the film, a further part if each frame
 * could have a state of its own, and the rest is what the decoder cannot draw. So the first part is
 * the encoder's, the second the learnt motion's, the third the decoder's.
 */
public final class ErrorParts {
  private static final String CLEAN = "clean_mse";
  private static final String CLEAN_STATE = "clean_mse_of_state";
  private static final String CLEAN_MOTION = "clean_mse_of_motion";
  private static final String CLEAN_DRAWING = "clean_mse_of_drawing";
  private static final String AND_AFTER = "_and_after";
  private static final String AND_BEFORE = "_and_before";

  /** Noise samples per average; the error that remains is subtracted. */
  private static final int DRAWS = 256;

  /** Maximum number of films: each takes as long as some two hundred steps of training. */
  private static final int MAX_FILMS = 64;

  private final Experiment experiment;
  private final int count;

  /** Measures the first {@code count} test rollouts, but at most 64. */
  public ErrorParts(Experiment experiment, int count) {
    this.experiment = experiment;
    this.count = Math.min(MAX_FILMS, count);
  }

  /** The three parts of a film's error. */
  private record Parts(double state, double motion, double drawing) {
    double whole() {
      return state + motion + drawing;
    }
  }

  /**
   * The error over some frames and its parts.
   *
   * @param frames the first and the last frame, counted from 1
   * @param measures the whole error, then the parts of state, motion and drawing
   */
  public record Span(String frames, List<Measure> measures) {}

  /**
   * The error and its parts over the reconstructed frames, over these and as many after them, and
   * over as many before and these; empty for recorded films, whose noise is not known.
   */
  public List<Span> spans() {
    if (experiment.isRecorded()) {
      return List.of();
    }
    int before = -experiment.window().lead();
    int frames = experiment.window().framesOut();
    return List.of(
        span("", 1, before, frames),
        span(AND_AFTER, 1, before, 2 * frames),
        span(AND_BEFORE, 1 - frames, before - frames, 2 * frames));
  }

  /** The measures of all {@link #spans}. */
  public List<Measure> all() {
    return spans().stream().flatMap(span -> span.measures().stream()).toList();
  }

  private Span span(String key, int first, int from, int length) {
    Supplier<List<Parts>> parts = Lazy.of(() -> measured(from, length));
    String frames = first + " to " + (first + length - 1);
    return new Span(
        frames,
        List.of(
            measure(CLEAN + key, "error without noise, frames " + frames, parts, Parts::whole),
            measure(CLEAN_STATE + key, "  by the inferred state", parts, Parts::state),
            measure(CLEAN_MOTION + key, "  by the learnt motion", parts, Parts::motion),
            measure(CLEAN_DRAWING + key, "  by the drawing", parts, Parts::drawing)));
  }

  private static Measure measure(
      String key, String label, Supplier<List<Parts>> parts, Function<Parts, Double> part) {
    return new Measure(
        key,
        label,
        Measure.Unit.ERROR,
        () -> Estimate.of(parts.get().stream().mapToDouble(part::apply).toArray()));
  }

  private List<Parts> measured(int from, int length) {
    RolloutGenerator rollouts = experiment.rollouts(Split.TEST);
    Evaluator test =
        new Evaluator(rollouts, experiment.window(), experiment.config().train().batch());
    Predictor predictor = experiment.predictor();
    int first = experiment.window().start() + from;
    List<Parts> all = new ArrayList<>();
    test.forEachBatch(
        count,
        (start, batch) -> {
          float[][] films = new float[batch.size()][];
          double[] unsure = new double[batch.size()];
          for (int n = 0; n < films.length; n++) {
            AverageFilm truth = rollouts.averaged(start + n, first, length, DRAWS);
            films[n] = truth.frames();
            unsure[n] = truth.error();
          }
          StateFit.Errors errors;
          try (Arena arena = Arena.open("inferred states")) {
            StateFit fit = new StateFit(experiment.model(), rollouts.dt(), from, films);
            errors = fit.from(inferred(predictor, batch, start));
          }
          for (int n = 0; n < films.length; n++) {
            all.add(
                new Parts(
                    errors.given()[n] - errors.start()[n],
                    errors.start()[n] - errors.pictures()[n],
                    errors.pictures()[n] - unsure[n]));
          }
        });
    return all;
  }

  private static PhaseState inferred(Predictor predictor, Batch batch, long first) {
    try (Tape.Mode off = Tape.pause()) {
      return predictor.infer(batch, first);
    }
  }
}
