package hgn.report;

import hgn.films.output.NpzOutput;
import hgn.predict.LearntPaths;
import java.io.IOException;
import java.util.Arrays;

/** Learnt states and energies for other programs. */
public final class MotionExport {
  private MotionExport() {}

  /**
   * Returns motions as a table: a line for each state, with the motion's number where there are
   * several, the time, q, p, and H where there is an energy.
   *
   * @param start time of the first state in seconds
   * @param step seconds between states
   */
  public static String csv(LearntPaths paths, double start, double step) {
    int motions = paths.states().length;
    int half = paths.states()[0][0].length / 2;
    StringBuilder table = new StringBuilder(motions > 1 ? "motion,t" : "t");
    for (int i = 0; i < half; i++) {
      table.append(",q").append(i);
    }
    for (int i = 0; i < half; i++) {
      table.append(",p").append(i);
    }
    table.append(paths.energies().isPresent() ? ",H\n" : "\n");
    for (int n = 0; n < motions; n++) {
      for (int t = 0; t < paths.states()[n].length; t++) {
        table.append(motions > 1 ? n + "," : "").append(start + t * step);
        for (double number : paths.states()[n][t]) {
          table.append(',').append(number);
        }
        if (paths.energies().isPresent()) {
          table.append(',').append(paths.energies().get()[n][t]);
        }
        table.append('\n');
      }
    }
    return table.toString();
  }

  /**
   * Adds arrays {@code states} (T, 2D), all of q, then all of p, and {@code energies} (T) to an
   * archive; of several motions (N, T, 2D) and (N, T).
   */
  public static void put(NpzOutput npz, LearntPaths paths) throws IOException {
    double[][][] states = paths.states();
    int motions = states.length;
    int length = states[0].length;
    int numbers = states[0][0].length;
    double[] all =
        Arrays.stream(states).flatMap(Arrays::stream).flatMapToDouble(Arrays::stream).toArray();
    int[] shape = motions > 1 ? new int[] {motions, length, numbers} : new int[] {length, numbers};
    npz.put("states", all, shape);
    if (paths.energies().isPresent()) {
      double[] energies =
          Arrays.stream(paths.energies().get()).flatMapToDouble(Arrays::stream).toArray();
      npz.put("energies", energies, Arrays.copyOf(shape, shape.length - 1));
    }
  }
}
