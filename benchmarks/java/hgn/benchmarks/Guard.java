package hgn.benchmarks;

import java.io.PrintStream;
import java.nio.file.Path;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalDouble;

/**
 * Sets this build beside an older one. Both run in processes of their own and are timed in turn, so
 * that a slow or busy machine slows both; ratios of such pairs are what is looked at. Processes are
 * started anew for each round, since the layout of memory and compiled code differ from one to the
 * next; pairs of a round have those in common, so that rounds must agree as well.
 */
final class Guard {
  /** The new build may take this many times as long. */
  static final double MOST = 1.1;

  /** Rounds for all, and further ones for those that seem slower. */
  private static final int ROUNDS = 2;

  private static final int FURTHER_ROUNDS = 4;

  private static final int PAIRS = 8;

  /**
   * Warming up takes turns too, since what one process has the compiler do goes on while the other
   * one runs. Where the machine is busy that takes long; a workload that seems slower gets more.
   */
  private static final long WARMUP_MILLISECONDS = 150;

  private static final int WARMUP_TURNS = 4;
  private static final int FURTHER_WARMUP_TURNS = 12;
  private static final long TIMED_MILLISECONDS = 120;

  private final Path before;
  private final Path now;
  private final String backend;
  private final String plant;
  private final Map<String, PairedRatios> ratios = new LinkedHashMap<>();

  /**
   * Prepares a comparison.
   *
   * @param before {@code benchmarks.jar} of the older build
   * @param now that of the new one
   * @param plant workload that is slowed down in the new one; null for none
   */
  Guard(Path before, Path now, String backend, String plant) {
    this.before = before;
    this.now = now;
    this.backend = backend;
    this.plant = plant;
  }

  /** Measures, prints a line for each workload, and returns those that got slower. */
  List<String> compare(PrintStream out) {
    Collection<String> all = GuardedWorkloads.all().keySet();
    for (int round = 0; round < ROUNDS; round++) {
      measure(all, WARMUP_TURNS, round % 2 == 0);
    }
    for (int round = 0; round < FURTHER_ROUNDS && !suspects().isEmpty(); round++) {
      measure(suspects(), FURTHER_WARMUP_TURNS, round % 2 == 0);
    }
    List<String> slower = ratios.keySet().stream().filter(this::isSlower).toList();
    out.println("time of this build over that of " + before + ", medians of pairs");
    for (String workload : all) {
      PairedRatios found = ratios.get(workload);
      out.println(
          found == null
              ? workload + ": not in the older build"
              : String.format(
                  Locale.ROOT,
                  "%-28s %.3f  (%.3f to %.3f, %d pairs)%s",
                  workload,
                  found.median(),
                  found.low(),
                  found.high(),
                  found.pairs(),
                  slower.contains(workload) ? "  SLOWER" : ""));
    }
    return slower;
  }

  private List<String> suspects() {
    return ratios.keySet().stream().filter(name -> ratios.get(name).median() > MOST).toList();
  }

  /** Slower by more than a tenth, and not only by what pairs or rounds differ among themselves. */
  private boolean isSlower(String workload) {
    PairedRatios found = ratios.get(workload);
    return found.median() > MOST && found.low() > 1 && found.roundsBelow(1) <= 1;
  }

  private void measure(Collection<String> workloads, int warmupTurns, boolean olderFirst) {
    try (TimedBuild older = new TimedBuild(before, backend, null);
        TimedBuild newer = new TimedBuild(now, backend, plant)) {
      for (String workload : workloads) {
        if (older.time(workload, 0).isPresent()) {
          for (int turn = 0; turn < warmupTurns; turn++) {
            (olderFirst ? older : newer).time(workload, WARMUP_MILLISECONDS);
            (olderFirst ? newer : older).time(workload, WARMUP_MILLISECONDS);
          }
          PairedRatios found = ratios.computeIfAbsent(workload, absent -> new PairedRatios());
          found.startRound();
          for (int pair = 0; pair < PAIRS; pair++) {
            add(found, workload, older, newer, (pair % 2 == 0) == olderFirst);
          }
        }
      }
    }
  }

  /** The order changes, so that a drift of the machine favours neither. */
  private static void add(
      PairedRatios to, String workload, TimedBuild older, TimedBuild newer, boolean olderFirst) {
    OptionalDouble first = (olderFirst ? older : newer).time(workload, TIMED_MILLISECONDS);
    OptionalDouble second = (olderFirst ? newer : older).time(workload, TIMED_MILLISECONDS);
    double oldSeconds = (olderFirst ? first : second).orElseThrow();
    double newSeconds = (olderFirst ? second : first).orElseThrow();
    to.add(oldSeconds, newSeconds);
  }
}
