package hgn.reproduce.sections;

import hgn.frames.RolloutGenerator;
import hgn.frames.Split;
import hgn.images.Drawing;
import hgn.report.Comparison;
import hgn.report.Document;
import hgn.report.Film;
import hgn.report.Filmstrip;
import hgn.report.LineChart;
import hgn.reproduce.Outcome;
import hgn.train.Experiment;
import hgn.train.LoadedRun;
import hgn.train.RunLoader;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Draws the pictures of a report into one folder, with small files, and leaves out those that
 * cannot be drawn on this machine.
 */
public final class Pictures {
  /** Index of the test rollout shown. */
  private static final long INDEX = 0;

  private static final int COLUMNS = 10;
  private static final int SCALE = 2;

  private final Path folder;

  /** Draws into an existing folder. */
  public Pictures(Path folder) {
    this.folder = folder;
  }

  /** Truth and reconstruction of a test rollout at {@code speed}; negative runs backward. */
  Optional<Path> reconstruction(String name, Outcome outcome, double speed) {
    try (LoadedRun run = RunLoader.best(outcome.folder())) {
      Experiment experiment = run.experiment();
      double step = speed * experiment.config().data().dt();
      int frames = experiment.window().framesOut();
      RolloutGenerator rollouts = experiment.rollouts(Split.TEST);
      Comparison films =
          speed == 1
              ? Comparison.ofClip(experiment, rollouts, INDEX)
              : Comparison.of(experiment, rollouts, INDEX, step, frames);
      return strip(name, films.start(), step, films.pair());
    }
  }

  /** Films sampled from the prior. */
  Optional<Path> samples(String name, Outcome outcome, int count) {
    try (LoadedRun run = RunLoader.best(outcome.folder())) {
      Experiment experiment = run.experiment();
      double dt = experiment.config().data().dt();
      int size = experiment.model().frameSize();
      List<Film> films = new ArrayList<>();
      float[][] made = experiment.predictor().sample(count, 0, experiment.window().framesOut(), dt);
      for (float[] film : made) {
        films.add(new Film("sample " + (films.size() + 1), size, film));
      }
      return strip(name, 0, dt, films);
    }
  }

  /** Films one below the other. */
  Optional<Path> strip(String name, double start, double dt, List<Film> films) {
    Path file = folder.resolve(name + ".png");
    return drawn(file, () -> new Filmstrip(start, dt, COLUMNS, SCALE).write(file, films));
  }

  /** Adds charts, one below the other. */
  void charts(Document document, String name, List<LineChart> charts, String caption) {
    Path file = folder.resolve(name + ".png");
    Optional<Path> picture = drawn(file, () -> LineChart.write(file, charts));
    document.charts(picture, caption, charts.stream().map(LineChart::data).toList());
  }

  private static Optional<Path> drawn(Path file, Runnable drawing) {
    return Drawing.attempt(drawing) ? Optional.of(file) : Optional.empty();
  }
}
