package hgn.evaluate;

import hgn.frames.Rollouts;
import hgn.metrics.PhaseAxes;
import hgn.metrics.SyMetric;
import hgn.predict.Estimate;
import hgn.predict.Evaluator;
import hgn.predict.LearntPaths;
import hgn.predict.Predictor;
import hgn.train.Experiment;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.hipparchus.stat.StatUtils;

/** Measures on trajectories in the learnt phase space, forward in time. */
final class MotionMeasures {
  /** Points per trajectory for SyMetric, as in its publication. */
  private static final int POINTS = 10;

  /** Fraction of variance that the axes of the learnt phase space must explain. */
  private static final double CARRIED = 0.99;

  private static final int MAX_AXES = 8;

  /** Maximum number of trajectories, enough for a fit with at most hundreds of unknowns. */
  private static final int MAX_MOTIONS = 64;

  private final Experiment experiment;
  private final Rollouts rollouts;
  private final int count;
  private final Supplier<LearntPaths> motions;

  MotionMeasures(
      Experiment experiment, Rollouts rollouts, Evaluator test, Predictor predictor, int count) {
    this.experiment = experiment;
    this.rollouts = rollouts;
    this.count = count;
    motions = Lazy.of(() -> follow(test, predictor));
  }

  private LearntPaths follow(Evaluator test, Predictor predictor) {
    List<LearntPaths> parts = new ArrayList<>();
    int frames = experiment.window().framesOut();
    test.forEachBatch(
        count, (first, batch) -> parts.add(predictor.motions(batch, frames, rollouts.dt(), first)));
    return LearntPaths.joined(parts);
  }

  List<Measure> all() {
    List<Measure> all = new ArrayList<>();
    if (experiment.model().energy().isPresent()) {
      all.add(
          new Measure(
              MetricKeys.ENERGY_DEVIATION,
              "standard deviation of H along a rollout",
              Measure.Unit.NUMBER,
              this::deviation));
      all.add(
          new Measure(
              MetricKeys.RELATIVE_DEVIATION,
              "the same, of that of H among rollouts" + (count < 2 ? " (takes two)" : ""),
              Measure.Unit.SHARE,
              this::relativeDeviation));
    }
    if (knowsStates()) {
      Supplier<SyMetric> canonical = Lazy.of(this::canonical);
      all.add(
          single(
              MetricKeys.DETERMINATION,
              "SyMetric: R^2 of true states from learnt ones",
              () -> canonical.get().determination()));
      all.add(
          single(
              MetricKeys.CANONICITY,
              "SyMetric: distance from a canonical map",
              () -> canonical.get().symplecticity()));
      all.add(
          single(
              MetricKeys.SYMETRIC,
              "SyMetric (1: canonical)",
              () -> (double) canonical.get().value()));
    }
    return all;
  }

  /** Rollouts with true states for all frames of the trajectories. */
  private Rollouts followed() {
    int start = experiment.window().start();
    return rollouts.withFrames(start + experiment.window().framesOut());
  }

  private boolean knowsStates() {
    Rollouts followed = followed();
    return IntStream.range(0, count).anyMatch(n -> followed.states(n).isPresent());
  }

  private static Measure single(String key, String label, Supplier<Double> value) {
    return new Measure(key, label, Measure.Unit.NUMBER, () -> Estimate.single(value.get()));
  }

  private Estimate deviation() {
    return Estimate.of(deviations());
  }

  /**
   * A learnt H has no unit, so its deviation is relative to the deviation of H between rollouts. It
   * is 0 for a constant H, such as that of an HNN that has learnt to stand still, and undefined for
   * a single rollout.
   */
  private Estimate relativeDeviation() {
    if (count < 2) {
      return Estimate.single(Double.NaN);
    }
    double[] means = Arrays.stream(energies()).mapToDouble(StatUtils::mean).toArray();
    double among = standardDeviation(means);
    return Estimate.of(
        Arrays.stream(deviations()).map(along -> along == 0 ? 0 : along / among).toArray());
  }

  private double[] deviations() {
    return Arrays.stream(energies()).mapToDouble(MotionMeasures::standardDeviation).toArray();
  }

  private double[][] energies() {
    return motions.get().energies().orElseThrow();
  }

  private static double standardDeviation(double[] values) {
    return Math.sqrt(StatUtils.populationVariance(values));
  }

  private SyMetric canonical() {
    double[][][] learnt = motions.get().states();
    List<double[][]> points = new ArrayList<>();
    List<double[][]> truth = new ArrayList<>();
    AngleLift lift = new AngleLift(experiment.config().model().angles());
    int start = experiment.window().start();
    Rollouts followed = followed();
    for (int n = 0; n < learnt.length && points.size() < MAX_MOTIONS; n++) {
      Optional<double[][]> known = followed.states(n);
      if (known.isPresent()) {
        double[][] motion = new double[POINTS][];
        double[][] states = new double[POINTS][];
        for (int i = 0; i < POINTS; i++) {
          int frame = i * (learnt[n].length - 1) / (POINTS - 1);
          motion[i] = lift.of(learnt[n][frame]);
          states[i] = known.get()[start + frame];
        }
        points.add(motion);
        truth.add(states);
      }
    }
    double[][] all = points.stream().flatMap(Arrays::stream).toArray(double[][]::new);
    PhaseAxes axes = PhaseAxes.of(all, CARRIED, MAX_AXES);
    for (double[][] motion : points) {
      for (int i = 0; i < POINTS; i++) {
        motion[i] = axes.project(motion[i]);
      }
    }
    return SyMetric.of(
        points.toArray(double[][][]::new), truth.toArray(double[][][]::new), rollouts.angles());
  }
}
