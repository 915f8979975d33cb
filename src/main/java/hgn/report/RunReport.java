package hgn.report;

import hgn.frames.Rollouts;
import hgn.frames.Split;
import hgn.images.Drawing;
import hgn.run.RunFolder;
import hgn.train.Experiment;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;

/** The pictures of a run: loss curves, a filmstrip, and films forward and backward in time. */
public final class RunReport {
  /** Index of the test rollout shown. */
  private static final long INDEX = 0;

  private final Experiment experiment;
  private final RunFolder folder;

  /** Creates a report on the model of {@code experiment} in {@code folder}. */
  public RunReport(Experiment experiment, RunFolder folder) {
    this.experiment = experiment;
    this.folder = folder;
  }

  /**
   * Writes all pictures that can be drawn here.
   *
   * @param written takes each file
   * @throws hgn.files.StorageException if one cannot be written
   */
  public void write(Consumer<Path> written) {
    Rollouts rollouts = experiment.films(Split.TEST);
    double dt = rollouts.dt();
    int frames = experiment.window().framesOut();
    Comparison forward = Comparison.ofClip(experiment, rollouts, INDEX);
    Comparison backward = Comparison.of(experiment, rollouts, INDEX, -dt, frames);

    List<Curve> curves = MetricsCurves.read(folder.metrics());
    if (!curves.isEmpty()) {
      attempt(folder.lossPlot(), file -> LossCurves.write(file, curves), written);
    }
    Filmstrip strip = new Filmstrip(forward.start(), dt, 10, forward.scaled(4));
    attempt(folder.filmstrip(), file -> strip.write(file, forward.rows()), written);
    attempt(folder.gif("forward"), file -> writeFilm(file, forward, dt), written);
    attempt(folder.gif("backward"), file -> writeFilm(file, backward, dt), written);
  }

  private static void attempt(Path file, Consumer<Path> drawing, Consumer<Path> written) {
    if (Drawing.attempt(() -> drawing.accept(file))) {
      written.accept(file);
    }
  }

  private static void writeFilm(Path file, Comparison films, double pace) {
    new AnimatedGif(films.start(), films.step(), films.scaled(6), pace).write(file, films.pair());
  }
}
