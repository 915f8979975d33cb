import hgn.config.Config;
import hgn.config.ConfigLoader;
import hgn.ranks.Ranks;
import hgn.ranks.TreeSum;
import hgn.tensor.HostThreads;
import hgn.train.Experiment;
import hgn.train.StepTimer;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * A simulation of one training on many nodes: the step of one shard, the update and the sum of two
 * blocks are measured here; the network is given by its latency and bandwidth. Nothing is measured
 * on a network.
 *
 * <p>A node is taken to be as many times faster than this machine as it has more processors, which
 * no real one is, so that messages count for more than they will. Nothing is sent while a rank
 * computes.
 *
 * <pre>
 * java -cp target/hgn4j.jar benchmarks/ranks/Scaling.java [--shards 64] [--cores 16] [--latency MICROSECONDS] [--set KEY=VALUE]...
 * </pre>
 */
final class Scaling {
  private static final int[] NODES = {1, 2, 4, 8, 16, 32, 64};
  private static final double[] GIGABITS = {10, 100};
  private static final double BITS = 8;

  private final int shards;
  private final double shardSeconds;
  private final double updateSeconds;
  private final double addSeconds;
  private final long floats;
  private final double latency;

  private Scaling(
      int shards,
      double shardSeconds,
      double updateSeconds,
      double addSeconds,
      long floats,
      double latency) {
    this.shards = shards;
    this.shardSeconds = shardSeconds;
    this.updateSeconds = updateSeconds;
    this.addSeconds = addSeconds;
    this.floats = floats;
    this.latency = latency;
  }

  /**
   * Seconds of a step: own shards and their sums, the exchanges of each level, there and back, the
   * update.
   */
  private double step(int nodes, double gigabits) {
    int own = shards / nodes;
    double seconds = own * shardSeconds + (own - 1) * floats * addSeconds + updateSeconds;
    double bytesPerSecond = gigabits * 1e9 / BITS;
    double part = floats;
    for (int level = 1; level < nodes; level <<= 1) {
      part /= 2;
      seconds += 2 * (latency + part * Float.BYTES / bytesPerSecond) + part * addSeconds;
    }
    return seconds;
  }

  public static void main(String[] args) {
    int shards = 64;
    int cores = 16;
    double microseconds = 30;
    List<String> settings = new ArrayList<>(List.of("model.preset=published", "train.batch=64"));
    for (int i = 0; i < args.length; i += 2) {
      switch (args[i]) {
        case "--shards" -> shards = Integer.parseInt(args[i + 1]);
        case "--cores" -> cores = Integer.parseInt(args[i + 1]);
        case "--latency" -> microseconds = Double.parseDouble(args[i + 1]);
        case "--set" -> settings.add(args[i + 1]);
        default -> throw new IllegalArgumentException(args[i] + " is unknown");
      }
    }
    int here = HostThreads.configured();
    double faster = (double) cores / here;
    double two = measured(settings, shards, 2) / faster;
    double four = measured(settings, shards, 4) / faster;
    double shard = (four - two) / 2;
    double update = Math.max(0, two - 2 * shard);
    long floats = parameters(settings);
    Scaling scaling =
        new Scaling(
            shards,
            shard,
            update,
            secondsPerSum(Math.toIntExact(floats)),
            floats,
            microseconds * 1e-6);
    System.out.printf(
        Locale.ROOT,
        "SIMULATED from a shard of %.4f s and an update of %.4f s (measured with %d threads, divided by %.0f), blocks of %.2f MB,"
            + " messages of %.0f us; %d shards%n",
        shard,
        update,
        here,
        faster,
        floats * Float.BYTES / 1e6,
        microseconds,
        shards);
    System.out.println(
        "| nodes of "
            + cores
            + " cores | 10 Gbit/s: step, s | times faster | 100 Gbit/s: step, s | times faster |");
    System.out.println("| ---: | ---: | ---: | ---: | ---: |");
    for (int nodes : NODES) {
      if (nodes <= shards) {
        StringBuilder line = new StringBuilder("| " + nodes + " |");
        for (double gigabits : GIGABITS) {
          double step = scaling.step(nodes, gigabits);
          line.append(
              String.format(Locale.ROOT, " %.4f | %.1f |", step, scaling.step(1, gigabits) / step));
        }
        System.out.println(line);
      }
    }
  }

  /** Seconds of a step of a few of all shards. */
  private static double measured(List<String> settings, int shards, int few) {
    Config whole = ConfigLoader.load(null, settings);
    List<String> all = new ArrayList<>(settings);
    all.add("train.batch=" + whole.train().batch() / shards * few);
    all.add("train.shards=" + few);
    try (Experiment experiment = new Experiment(ConfigLoader.load(null, all))) {
      return StepTimer.seconds(experiment, 20, 10);
    }
  }

  private static long parameters(List<String> settings) {
    try (Experiment experiment = new Experiment(ConfigLoader.load(null, settings))) {
      return experiment.model().parameters().count();
    }
  }

  /** Seconds to add one number of a block to another's. */
  private static double secondsPerSum(int floats) {
    TreeSum sum = new TreeSum(Ranks.alone());
    double best = Double.MAX_VALUE;
    for (int turn = 0; turn < 50; turn++) {
      float[] a = new float[floats];
      float[] b = new float[floats];
      long started = System.nanoTime();
      sum.add(a);
      sum.add(b);
      sum.total();
      best = Math.min(best, (System.nanoTime() - started) * 1e-9 / floats);
    }
    return best;
  }
}
