package hgn.train;

import hgn.config.Config;
import hgn.config.ConfigException;
import hgn.config.ConfigLoader;
import hgn.files.OneLine;
import hgn.ranks.Messages;
import hgn.ranks.Ranks;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** What ranks must have in common before they train together. */
public final class RankAgreement {
  /** Settings of a host, which do not change the result. */
  private static final List<String> OF_A_HOST = List.of("data.films", "data.cache", "data.workers");

  private RankAgreement() {}

  /**
   * Compares all ranks with rank 0. On each of them, the same exception is thrown.
   *
   * @param program what this rank runs: its version, a digest of its code, and what its backend
   *     computes with
   * @throws ConfigException if a rank runs another program or has another configuration; the
   *     message names it
   */
  public static void require(Ranks ranks, String program, Config config) {
    requireEven(ranks, config);
    List<String> programs = fromAll(ranks, program);
    List<String> settings = fromAll(ranks, config.toYaml());
    for (int rank = 1; rank < ranks.size(); rank++) {
      if (!programs.get(rank).equals(programs.get(0))) {
        throw new ConfigException(
            ranks.name(rank)
                + " is "
                + OneLine.of(programs.get(rank))
                + ", but rank 0 is "
                + programs.get(0)
                + "; start the same jar on all hosts, with the same engine.threads and, where"
                + " processors differ, -Dhgn.isa");
      }
    }
    for (int rank = 1; rank < ranks.size(); rank++) {
      String name = "the configuration of " + ranks.name(rank);
      List<String> changes =
          ConfigLoader.changes(
              settings.get(0), name, ConfigLoader.ofText(settings.get(rank), name), OF_A_HOST);
      if (!changes.isEmpty()) {
        throw new ConfigException(
            name
                + " is not that of rank 0: "
                + OneLine.of(String.join(", ", changes))
                + "; give all ranks the same command line and files");
      }
    }
  }

  private static List<String> fromAll(Ranks ranks, String own) {
    return Messages.fromAll(ranks, own.getBytes(StandardCharsets.UTF_8)).stream()
        .map(bytes -> new String(bytes, StandardCharsets.UTF_8))
        .toList();
  }

  /**
   * Checks that each rank can have the same number of shards.
   *
   * @throws ConfigException if not
   */
  static void requireEven(Ranks ranks, Config config) {
    int shards = config.train().shards();
    int size = ranks.size();
    if (shards % size == 0) {
      return;
    }
    int power = Integer.highestOneBit(size);
    throw new ConfigException(
        size
            + " ranks cannot share train.shards = "
            + shards
            + " evenly; "
            + (size == power
                ? "set train.shards to " + size + " or a multiple that is a power of two"
                : "start " + power + " or " + 2L * power + " ranks"));
  }
}
