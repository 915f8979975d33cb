package hgn.report;

import hgn.density.Density;
import hgn.images.Drawing;
import hgn.random.PhiloxRandom;
import hgn.random.Streams;
import hgn.run.RunFolder;
import hgn.train.nhf.NhfDensity;
import hgn.train.nhf.NhfExperiment;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The pictures of a flow: its density and samples compared with the true ones, and the training
 * curve.
 */
public final class NhfReport {
  private static final int CELLS = 80;
  private static final int DRAWS = 64;
  private static final int POINTS = 2000;

  private final NhfExperiment experiment;
  private final RunFolder folder;

  /** Creates a report on the flow of {@code experiment} in {@code folder}. */
  public NhfReport(NhfExperiment experiment, RunFolder folder) {
    this.experiment = experiment;
    this.folder = folder;
  }

  /**
   * Writes all pictures that can be drawn here into a folder.
   *
   * @return the files written
   * @throws hgn.files.StorageException if one cannot be written
   */
  public List<Path> write(Path place) {
    Path density = place.resolve("density.png");
    Path losses = place.resolve(folder.lossPlot().getFileName());
    List<Path> written = new ArrayList<>();
    if (Drawing.attempt(() -> PlanePicture.write(density, panels()))) {
      written.add(density);
    }
    List<Curve> curves = MetricsCurves.readFlow(folder.metrics());
    if (!curves.isEmpty() && Drawing.attempt(() -> LossCurves.write(losses, curves))) {
      written.add(losses);
    }
    return written;
  }

  private List<PlanePicture.Panel> panels() {
    Density density = experiment.density();
    long seed = experiment.config().train().seed();
    NhfDensity learnt = new NhfDensity(experiment.model(), seed);
    double[] grid = PlanePicture.grid(density.reach(), CELLS);
    double[] truth = new double[grid.length / 2];
    Arrays.setAll(truth, i -> Math.exp(density.logDensity(grid[2 * i], grid[2 * i + 1])));
    double[] found =
        Arrays.stream(learnt.estimate(grid, DRAWS).logDensity()).map(Math::exp).toArray();
    double most = percentile(truth, 0.995); // robust against single bright cells
    double[] points = density.points(new PhiloxRandom(seed, Streams.DENSITY_TEST.at(0)), POINTS);
    return List.of(
        PlanePicture.density("true density", CELLS, truth, most),
        PlanePicture.density("learnt density", CELLS, found, most),
        PlanePicture.points("points of the density", density.reach(), points),
        PlanePicture.points("samples of the flow", density.reach(), learnt.sample(POINTS)));
  }

  private static double percentile(double[] values, double share) {
    double[] sorted = values.clone();
    Arrays.sort(sorted);
    return sorted[(int) (share * (sorted.length - 1))];
  }
}
