package hgn.sweep;

import hgn.report.ParallelCoordinates;
import hgn.text.Decimal;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;

/** The settings and errors of a sweep as parallel coordinates. */
final class SweepPicture {
  private static final double UNIT = 1e4;

  /** Lines through the same value lie this far apart in all, so that each can be seen. */
  private static final double SPREAD = 0.08;

  private SweepPicture() {}

  static ParallelCoordinates of(Sweep sweep, List<SweepResult> results, int best) {
    List<ParallelCoordinates.Axis> axes = new ArrayList<>();
    double[][] runs = new double[results.size()][sweep.keys().size() + 1];
    for (int k = 0; k < sweep.keys().size(); k++) {
      String key = sweep.keys().get(k);
      List<String> words = results.stream().map(result -> result.task().varied().get(key)).toList();
      List<String> steps = ordered(words);
      List<ParallelCoordinates.Tick> ticks = new ArrayList<>();
      for (int i = 0; i < steps.size(); i++) {
        ticks.add(new ParallelCoordinates.Tick(height(i, steps.size()), steps.get(i)));
      }
      for (int run = 0; run < runs.length; run++) {
        double spread = SPREAD * ((run + 0.5) / runs.length - 0.5);
        runs[run][k] = height(steps.indexOf(words.get(run)), steps.size()) + spread;
      }
      axes.add(new ParallelCoordinates.Axis(key.substring(key.lastIndexOf('.') + 1), ticks));
    }
    axes.add(errors(results, runs));
    return new ParallelCoordinates(axes, Arrays.asList(runs), best);
  }

  /** Numbers by size, words as they come. */
  private static List<String> ordered(List<String> words) {
    List<String> distinct = new ArrayList<>(words.stream().distinct().toList());
    if (distinct.stream().allMatch(word -> Decimal.parseDouble(word).isPresent())) {
      distinct.sort(Comparator.comparingDouble(word -> Decimal.parseDouble(word).orElseThrow()));
    }
    return distinct;
  }

  private static double height(int index, int count) {
    return count == 1 ? 0.5 : SPREAD / 2 + (1 - SPREAD) * index / (count - 1);
  }

  /** The axis of errors, logarithmic where they differ much; fills in the runs' last heights. */
  private static ParallelCoordinates.Axis errors(List<SweepResult> results, double[][] runs) {
    double[] known =
        results.stream()
            .mapToDouble(SweepResult::validation)
            .filter(value -> !Double.isNaN(value))
            .sorted()
            .toArray();
    double least = Math.log(known[0]);
    double range = Math.log(known[known.length - 1]) - least;
    int last = runs[0].length - 1;
    for (int run = 0; run < runs.length; run++) {
      double value = Math.log(results.get(run).validation());
      runs[run][last] = range == 0 ? value - least + 0.5 : (value - least) / range;
    }
    List<ParallelCoordinates.Tick> ticks = new ArrayList<>();
    for (double height : range == 0 ? new double[] {0.5} : new double[] {0, 0.25, 0.5, 0.75, 1}) {
      double value = Math.exp(least + (range == 0 ? 0 : height * range));
      ticks.add(
          new ParallelCoordinates.Tick(height, String.format(Locale.ROOT, "%.2f", UNIT * value)));
    }
    return new ParallelCoordinates.Axis("validation, 1e-4", ticks);
  }
}
