package hgn.explore;

import hgn.frames.RolloutGenerator;
import hgn.frames.Rollouts;
import hgn.frames.Split;
import hgn.physics.PhysicalSystem;
import hgn.tensor.Shape;
import hgn.train.Experiment;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The true phase space of the same clips, where it is known: q and p themselves of a system of one
 * degree of freedom, else the plane along which its states move most.
 */
final class TruePortrait {
  private static final int CLIPS = 48;

  private final Experiment experiment;
  private final Rollouts films;
  private final Plane plane;
  private final int freedom;
  private final double[][][] paths;

  private TruePortrait(Experiment experiment, Rollouts films, List<double[][]> states) {
    this.experiment = experiment;
    this.films = films;
    freedom = states.get(0)[0].length / 2;
    boolean[] angles = films.angles();
    int first = 0; // the plane knows angles that come first; others are seldom and left as they are
    while (first < angles.length && angles[first]) {
      first++;
    }
    double[][] all = states.stream().flatMap(Arrays::stream).toArray(double[][]::new);
    plane = new Plane(all, Shape.of(1, freedom), first);
    paths = states.stream().map(plane::points).toArray(double[][][]::new);
  }

  /** Returns the portrait, if the states of any of these clips are known. */
  static Optional<TruePortrait> of(Experiment experiment, int clips) {
    int frames = experiment.window().start() + experiment.window().framesOut();
    Rollouts films = experiment.films(Split.TEST).withFrames(frames);
    List<double[][]> states = new ArrayList<>();
    for (int clip = 0; clip < Math.min(CLIPS, clips); clip++) {
      films.states(clip).ifPresent(states::add);
    }
    return states.isEmpty()
        ? Optional.empty()
        : Optional.of(new TruePortrait(experiment, films, states));
  }

  /** Returns the portrait as the page takes it. */
  Map<String, Object> json() {
    double[] bounds = Portrait.bounds(paths);
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("labels", freedom == 1 ? List.of("q", "p") : List.of("w . q", "w . p"));
    json.put("bounds", bounds);
    json.put("paths", Arrays.stream(paths).map(Numbers::of).toList());
    json.put("energy", freedom == 1 && !experiment.isRecorded() ? levels(bounds) : null);
    return json;
  }

  private Map<String, Object> levels(double[] bounds) {
    RolloutGenerator made = experiment.rollouts(Split.TEST);
    PhysicalSystem system = made.system();
    double[][] points = Portrait.grid(bounds);
    double[] values = new double[points[0].length];
    for (int i = 0; i < values.length; i++) {
      values[i] = system.hamiltonian(0, new double[] {points[0][i], points[1][i]});
    }
    return Portrait.levels(values);
  }

  /**
   * Returns the points of a clip's true states at these times, null for those that are not known.
   *
   * @param start number of the inferred frame
   * @param first the first time, in frames of the film's pace
   * @param speed frames of the rollout for each of the film
   */
  double[][] path(int clip, int start, int first, int count, double speed) {
    double[][] path = new double[count][];
    int last = start + (int) Math.ceil(speed * (first + count));
    Optional<double[][]> states = films.withFrames(Math.max(1, last + 1)).states(clip);
    for (int i = 0; states.isPresent() && i < count; i++) {
      double frame = start + speed * (first + i);
      boolean known = frame == Math.rint(frame) && frame >= 0 && frame < states.get().length;
      path[i] = known ? plane.point(states.get()[(int) frame]) : null;
    }
    return path;
  }
}
