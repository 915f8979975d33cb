package hgn.explore;

import hgn.data.Batch;
import hgn.data.BatchMaker;
import hgn.frames.Rollouts;
import hgn.frames.Split;
import hgn.model.FilmModel;
import hgn.predict.Estimate;
import hgn.predict.Evaluator;
import hgn.run.RunFolder;
import hgn.train.Experiment;
import hgn.train.TrainingListener;
import hgn.train.TrainingStep;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A training that a page watches. The training's thread leaves numbers here, and a few films at
 * each evaluation; requests only read them, so that no number of them can hold it up.
 */
public final class LiveTraining implements Api, TrainingListener {
  private static final List<String> NAMES = List.of("loss", "mse", "kl", "lambda", "gradient_norm");
  private static final int SAMPLES = 4;

  private static final Logger LOG = LoggerFactory.getLogger(LiveTraining.class);

  private final Experiment experiment;
  private volatile RunFolder folder;
  private final LiveCurve losses = new LiveCurve();
  private final LiveCurve evaluations = new LiveCurve();
  private final long started = System.nanoTime();
  private long firstStep = -1;
  private volatile long step;
  private volatile long total;
  private volatile Map<String, Object> films;
  private volatile boolean running = true;

  /** Watches a training of this experiment. */
  public LiveTraining(Experiment experiment) {
    this.experiment = experiment;
    total = experiment.config().totalSteps();
  }

  /** Says in which folder the run is. */
  public void in(RunFolder where) {
    folder = where;
  }

  @Override
  public void stepped(long done, long of, TrainingStep.Losses now) {
    if (firstStep < 0) {
      firstStep = done - 1;
    }
    losses.add(
        done,
        now.loss(),
        now.mse(),
        now.divergence(),
        now.weight(),
        now.gradientNorm(),
        experiment.learningRate(done - 1));
    step = done;
    total = of;
  }

  @Override
  public void evaluated(long done, Estimate validation, boolean best) {
    evaluations.add(done, validation.mean());
    try {
      films = films(done);
    } catch (RuntimeException | OutOfMemoryError missed) {
      LOG.warn("the page shows no films of step {}: {}", done, missed.getMessage());
    }
  }

  /** Films of the first test clip and from the prior, by the parameters of now. */
  private Map<String, Object> films(long done) {
    FilmModel model = experiment.model();
    Rollouts source = experiment.films(Split.TEST);
    Batch clip = BatchMaker.ofFrames(source, experiment.window()).make(new long[] {0});
    int channels = model.frameChannels();
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("step", done);
    json.put("size", model.frameSize());
    json.put("frames", experiment.window().framesOut());
    json.put("truth", Numbers.frames(Evaluator.target(clip, 0), channels));
    float[] predicted = experiment.predictor().reconstruct(clip, source.dt(), 0)[0];
    json.put("prediction", Numbers.frames(predicted, channels));
    json.put("samples", samples(source.dt(), channels));
    return json;
  }

  private List<String> samples(double dt, int channels) {
    List<String> samples = new ArrayList<>();
    boolean hasPrior =
        experiment.model().latent(1).isPresent() && !experiment.config().model().deterministic();
    if (hasPrior) {
      int frames = experiment.window().framesOut();
      for (float[] film : experiment.predictor().sample(SAMPLES, 0, frames, dt)) {
        samples.add(Numbers.frames(film, channels));
      }
    }
    return samples;
  }

  /** Says that the training has ended. */
  public void ended() {
    running = false;
  }

  @Override
  public Reply answer(String name, Query query) {
    return switch (name) {
      case "runs" -> Reply.json(runs());
      case "live" -> Reply.json(live(query.wide("after")));
      default ->
          throw new RequestException(
              RequestException.NOT_FOUND,
              "the run is being trained; when it has ended, explore "
                  + folder
                  + " shows more of it");
    };
  }

  private Map<String, Object> runs() {
    Map<String, Object> run = new LinkedHashMap<>();
    run.put("id", 0);
    RunFolder where = folder;
    run.put("name", where == null ? "a new run" : where.path().getFileName().toString());
    run.put("path", where == null ? null : where.toString());
    run.put("error", null);
    return Map.of("runs", List.of(run), "live", true);
  }

  private Map<String, Object> live(long after) {
    double seconds = (System.nanoTime() - started) * 1e-9;
    long made = Math.max(0, step - Math.max(0, firstStep));
    Map<String, Object> live = new LinkedHashMap<>();
    live.put("running", running);
    live.put("step", step);
    live.put("total", total);
    live.put("seconds", seconds);
    live.put("rate", made * experiment.config().train().batch() / seconds);
    Map<String, Object> series = new LinkedHashMap<>();
    for (int i = 0; i < NAMES.size(); i++) {
      series.put(NAMES.get(i), losses.values(after, i));
    }
    series.put("rate", losses.values(after, NAMES.size()));
    live.put("losses", Map.of("steps", losses.steps(after), "series", series));
    live.put(
        "evaluations", Map.of("steps", evaluations.steps(-1), "values", evaluations.values(-1, 0)));
    live.put("films", films);
    return live;
  }
}
