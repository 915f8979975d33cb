package hgn.report;

import hgn.frames.Rollouts;
import hgn.frames.Split;
import hgn.run.RunFolder;
import hgn.train.Experiment;
import java.nio.file.Path;
import java.util.List;

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
   * Writes all pictures.
   *
   * @return the files written
   * @throws hgn.files.StorageException if one cannot be written
   */
  public List<Path> write() {
    Rollouts rollouts = experiment.films(Split.TEST);
    double dt = rollouts.dt();
    int frames = experiment.window().framesOut();
    Comparison forward = Comparison.ofClip(experiment, rollouts, INDEX);
    Comparison backward = Comparison.of(experiment, rollouts, INDEX, -dt, frames);

    List<Curve> curves = MetricsCurves.read(folder.metrics());
    if (!curves.isEmpty()) {
      LossCurves.write(folder.lossPlot(), curves);
    }
    new Filmstrip(forward.start(), dt, 10, forward.scaled(4))
        .write(folder.filmstrip(), forward.rows());
    writeFilm(folder.gif("forward"), forward, dt);
    writeFilm(folder.gif("backward"), backward, dt);
    return List.of(
        folder.lossPlot(), folder.filmstrip(), folder.gif("forward"), folder.gif("backward"));
  }

  private static void writeFilm(Path file, Comparison films, double pace) {
    new AnimatedGif(films.start(), films.step(), films.scaled(6), pace).write(file, films.pair());
  }
}
