package hgn.evaluate;

import hgn.frames.Renderers;
import hgn.frames.RolloutGenerator;
import hgn.frames.Split;
import hgn.physics.PhysicalSystem;
import hgn.physics.Systems;
import hgn.testing.Counterfeits;
import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;

/**
 * Prints the fraction of true and of wrong frames that {@link DiscCounter} accepts, for each system
 * and renderer, with the 1st, 50th and 99th percentile of the numbers of {@link DiscFit}. A
 * measurement to run by hand, not a test.
 */
public final class DiscCounterRates {
  private static final int FRAMES_OF_A_FILM = 5;

  private DiscCounterRates() {}

  /** Arguments: number of films, then names of renderers. */
  public static void main(String[] args) {
    int films = Integer.parseInt(args[0]);
    for (String name : List.of(args).subList(1, args.length)) {
      for (PhysicalSystem system : Systems.all()) {
        var rollouts =
            new RolloutGenerator(system, Renderers.byName(name, 32), 30, 0.125, 3, Split.TEST);
        DiscCounter counter = new DiscCounter(rollouts);
        Counterfeits made = new Counterfeits(rollouts);
        System.out.println(name + ", " + system.name());
        for (int draws : new int[] {1, 32}) {
          for (Counterfeits.Kind kind : Counterfeits.Kind.values()) {
            print(counter, made, kind, films, draws);
          }
        }
      }
    }
  }

  private static void print(
      DiscCounter counter, Counterfeits made, Counterfeits.Kind kind, int films, int draws) {
    long[] nanoseconds = {0};
    List<DiscFit> verdicts =
        IntStream.range(0, films * FRAMES_OF_A_FILM)
            .mapToObj(
                k -> {
                  int t = 2 + k % FRAMES_OF_A_FILM * 6;
                  float[] frame = made.frame(kind, k / FRAMES_OF_A_FILM, t, draws);
                  long start = System.nanoTime();
                  DiscFit verdict = counter.verdict(frame, 0);
                  nanoseconds[0] += System.nanoTime() - start;
                  return verdict;
                })
            .toList();
    double right = verdicts.stream().filter(DiscFit::right).count();
    System.out.printf(
        Locale.ROOT,
        "  %2d draws, %-10s %6.2f %%  visible %s  unexplained %s  light %s  elsewhere %s  %.1f ms%n",
        draws,
        kind,
        100 * right / verdicts.size(),
        hundredths(verdicts, DiscFit::visible),
        hundredths(verdicts, DiscFit::unexplained),
        hundredths(verdicts, DiscFit::light),
        hundredths(verdicts, DiscFit::elsewhere),
        nanoseconds[0] * 1e-6 / verdicts.size());
  }

  private static String hundredths(List<DiscFit> verdicts, ToDoubleFunction<DiscFit> what) {
    double[] sorted = verdicts.stream().mapToDouble(what).sorted().toArray();
    int last = sorted.length - 1;
    return String.format(
        Locale.ROOT,
        "%.2f %.2f %.2f",
        sorted[last / 100],
        sorted[last / 2],
        sorted[last - last / 100]);
  }
}
