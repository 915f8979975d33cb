package hgn.explore;

import hgn.autograd.Tape;
import hgn.autograd.Var;
import hgn.data.BatchMaker;
import hgn.dynamics.Hamiltonian;
import hgn.dynamics.PhaseState;
import hgn.frames.Rollouts;
import hgn.frames.Split;
import hgn.model.FilmModel;
import hgn.predict.LearntPaths;
import hgn.tensor.Arena;
import hgn.tensor.Shape;
import hgn.train.Experiment;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;

/** The learnt phase space: paths of test clips in a plane, and level lines of H there. */
final class Portrait {
  /** Clips whose paths lie behind the one that is looked at. */
  private static final int CLIPS = 48;

  private static final int CELLS = 64;

  /** Room around the paths, as a share of their extent. */
  private static final double MARGIN = 0.15;

  private final FilmModel model;
  private final Plane plane;
  private final double[][][] paths;

  Portrait(Experiment experiment, int clips) {
    model = experiment.model();
    Rollouts films = experiment.films(Split.TEST);
    BatchMaker maker = BatchMaker.ofFrames(films, experiment.window());
    long[] shown = LongStream.range(0, Math.min(CLIPS, clips)).toArray();
    LearntPaths learnt =
        experiment
            .predictor()
            .motions(maker.make(shown), experiment.window().framesOut(), films.dt(), 0);
    double[][][] states = learnt.states();
    double[][] all = Arrays.stream(states).flatMap(Arrays::stream).toArray(double[][]::new);
    plane = new Plane(all, stateShape(experiment), experiment.config().model().angles());
    paths = new double[states.length][][];
    for (int n = 0; n < paths.length; n++) {
      paths[n] = plane.points(states[n]);
    }
  }

  private static Shape stateShape(Experiment experiment) {
    try (Arena arena = Arena.open("portrait");
        Tape.Mode off = Tape.pause()) {
      return new Beginnings(experiment).inferred(0).q().shape();
    }
  }

  /** Returns the plane. */
  Plane plane() {
    return plane;
  }

  /** Returns the portrait as the page takes it. */
  Map<String, Object> json() {
    double[] bounds = bounds(paths);
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("explained", List.of(plane.explained()));
    json.put("bounds", bounds);
    json.put("energy", model.energy().map(energy -> levels(energy, bounds)).orElse(null));
    json.put("paths", Arrays.stream(paths).map(Numbers::of).toList());
    return json;
  }

  /** Extents x0, x1, y0, y1 of these paths, with room around them. */
  static double[] bounds(double[][][] paths) {
    double[] bounds = {Double.MAX_VALUE, -Double.MAX_VALUE, Double.MAX_VALUE, -Double.MAX_VALUE};
    for (double[][] path : paths) {
      for (double[] point : path) {
        for (int axis = 0; axis < 2; axis++) {
          bounds[2 * axis] = Math.min(bounds[2 * axis], point[axis]);
          bounds[2 * axis + 1] = Math.max(bounds[2 * axis + 1], point[axis]);
        }
      }
    }
    for (int axis = 0; axis < 2; axis++) {
      double room = Math.max(1e-6, MARGIN * (bounds[2 * axis + 1] - bounds[2 * axis]));
      bounds[2 * axis] -= room;
      bounds[2 * axis + 1] += room;
    }
    return bounds;
  }

  private Map<String, Object> levels(Hamiltonian energy, double[] bounds) {
    double[][] points = grid(bounds);
    try (Arena arena = Arena.open("levels");
        Tape.Mode off = Tape.pause()) {
      var parameters = model.parameters();
      PhaseState states =
          plane.states(points[0], points[1], parameters.backend(), parameters.dtype());
      Var values = energy.energy(states.q(), states.p());
      return levels(values.value().toDoubles());
    }
  }

  /** Coordinates x and y of the grid's points, row by row from the lowest y. */
  static double[][] grid(double[] bounds) {
    double[][] points = new double[2][CELLS * CELLS];
    for (int i = 0; i < CELLS * CELLS; i++) {
      points[0][i] = bounds[0] + (bounds[1] - bounds[0]) * (i % CELLS) / (CELLS - 1);
      points[1][i] = bounds[2] + (bounds[3] - bounds[2]) * (i / CELLS) / (CELLS - 1);
    }
    return points;
  }

  /** Values on the {@link #grid}, as the page takes them. */
  static Map<String, Object> levels(double[] values) {
    return Map.of("columns", CELLS, "rows", CELLS, "values", Numbers.of(values));
  }
}
