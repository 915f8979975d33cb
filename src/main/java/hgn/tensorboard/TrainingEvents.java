package hgn.tensorboard;

import hgn.files.StorageException;
import hgn.frames.Rollouts;
import hgn.frames.Split;
import hgn.images.Drawing;
import hgn.predict.Estimate;
import hgn.report.Comparison;
import hgn.report.Film;
import hgn.report.Filmstrip;
import hgn.run.RunFolder;
import hgn.train.Experiment;
import hgn.train.TrainingListener;
import hgn.train.TrainingStep;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;

/**
 * Writes what happens in a training to event files in the run's folder, if {@code
 * train.tensorboard} asks for it: the metrics and the learning rate as scalars; the configuration
 * as text; and at each evaluation a test clip beside its reconstruction, samples from the prior,
 * and the distribution of the last step's gradients, network by network.
 *
 * <p>A training never ends by what happens here: where writing fails, it warns once and writes no
 * more.
 */
public final class TrainingEvents implements TrainingListener, AutoCloseable {
  private static final String VALIDATION = "validation_";

  /** The test rollout that is shown, the one of the report. */
  private static final long INDEX = 0;

  private static final int SAMPLES = 6;
  private static final int COLUMNS = 10;
  private static final int SCALE = 3;

  private final Experiment experiment;
  private final Path path;
  private final EventFolder folder;
  private final Consumer<String> warning;
  private final Map<String, HistogramBuckets> gradients = new TreeMap<>();
  private boolean writes;
  private long first;
  private EventFile file;

  /**
   * Events of a training.
   *
   * @param warning takes a line where they cannot be written
   */
  public TrainingEvents(Experiment experiment, RunFolder folder, Consumer<String> warning) {
    this.experiment = experiment;
    this.path = folder.events();
    this.folder = new EventFolder(path);
    this.warning = warning;
    this.writes = experiment.config().train().tensorboard();
  }

  /** Something to write. */
  @FunctionalInterface
  private interface Writing {
    void write() throws IOException;
  }

  private void attempt(Writing writing) {
    try {
      writing.write();
    } catch (IOException failed) {
      stop(new StorageException(path, "cannot write", failed));
    } catch (StorageException failed) {
      stop(failed);
    }
  }

  private void stop(StorageException reason) {
    if (writes) {
      writes = false;
      warning.accept(
          "warning: training goes on without TensorBoard's events; " + reason.getMessage());
    }
  }

  /**
   * Events of steps that are about to be made again are dropped, whether new ones follow or not.
   */
  @Override
  public void begins(long done) {
    first = done + 1;
    attempt(() -> folder.cutAfter(done));
  }

  @Override
  public void stepped(long done, long total, TrainingStep.Losses losses) {
    // what is logged of it comes below
  }

  @Override
  public void logged(long done, Map<String, Double> values) {
    Summary summary = new Summary();
    values.forEach((key, value) -> summary.scalar(tag(key), value));
    if (values.keySet().stream().noneMatch(key -> key.startsWith(VALIDATION))) {
      summary.scalar("train/learning_rate", experiment.learningRate(done - 1));
    }
    write(done, summary);
  }

  private static String tag(String key) {
    return key.startsWith(VALIDATION)
        ? "validation/" + key.substring(VALIDATION.length())
        : "train/" + key;
  }

  private void write(long step, Summary summary) {
    if (writes) {
      attempt(() -> file().write(step, summary));
    }
  }

  /** The file, begun with the configuration when there is something to write. */
  private EventFile file() throws IOException {
    if (file == null) {
      file = folder.begin(first);
      file.write(first, new Summary().text("configuration", code(experiment.config().toYaml())));
    }
    return file;
  }

  /** Text that Markdown leaves as it is. */
  private static String code(String text) {
    return text.indent(4);
  }

  @Override
  public boolean watchesGradients() {
    return writes;
  }

  @Override
  public void differentiated(long done, String network, float[] gradient) {
    gradients.computeIfAbsent(network, unseen -> new HistogramBuckets()).add(gradient);
  }

  @Override
  public void evaluated(long done, Estimate validation, boolean best) {
    if (!writes) {
      return;
    }
    attempt(
        () -> {
          Summary summary = new Summary();
          Drawing.attempt(() -> addClip(summary));
          if (hasPrior()) {
            Drawing.attempt(() -> addSamples(summary));
          }
          gradients.forEach(
              (network, buckets) -> summary.histogram("gradient/" + network, buckets));
          file().write(done, summary);
        });
    gradients.clear();
  }

  private void addClip(Summary summary) {
    Rollouts rollouts = experiment.films(Split.TEST);
    Comparison clip = Comparison.ofClip(experiment, rollouts, INDEX);
    Filmstrip strip = new Filmstrip(clip.start(), rollouts.dt(), COLUMNS, clip.scaled(SCALE));
    summary.image("test clip", strip.draw(clip.pair()));
  }

  /** Whether its z is drawn, in training too. */
  private boolean hasPrior() {
    return experiment.hasPrior();
  }

  private void addSamples(Summary summary) {
    double dt = experiment.config().data().dt();
    int size = experiment.model().frameSize();
    int colours = experiment.model().frameChannels();
    int count = Math.min(SAMPLES, experiment.config().train().batch());
    int frames = experiment.window().framesOut();
    List<Film> films = new ArrayList<>();
    for (float[] film : experiment.predictor().sample(count, 0, frames, dt)) {
      films.add(Film.of("sample " + (films.size() + 1), size, colours, film));
    }
    int scale = Math.max(1, SCALE * 32 / size);
    summary.image("samples", new Filmstrip(0, dt, COLUMNS, scale).draw(films));
  }

  @Override
  public void close() {
    if (file != null) {
      attempt(file::close);
    }
  }
}
