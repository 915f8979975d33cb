package hgn.cli.ranked;

import hgn.config.ConfigException;
import hgn.ranks.Messages;
import hgn.ranks.Ranks;
import hgn.tensor.BackendProvider;
import hgn.tensor.Backends;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * Devices of ranks, each of which has one of its own: the first that it may use and no lower rank
 * has taken. Devices are told apart by their identities, so it does not matter whether each rank
 * sees all of its host, or a launcher lets it see its own alone.
 */
public final class RankDevices {
  private static final String NONE = "";

  /** What a rank lacks, by the name of the backend. */
  private final Map<String, String> lacking = new TreeMap<>();

  private RankDevices() {}

  /**
   * Has each rank's backends use a device of its own, before their first use; nothing happens on a
   * process without others. Called by all ranks at the same time.
   */
  public static RankDevices shared(Ranks ranks) {
    RankDevices devices = new RankDevices();
    if (ranks.size() > 1) {
      Backends.providers().forEach(provider -> devices.share(ranks, provider));
    }
    return devices;
  }

  private void share(Ranks ranks, BackendProvider provider) {
    byte[] own = String.join("\n", usable(provider)).getBytes(StandardCharsets.UTF_8);
    List<List<String>> all =
        Messages.fromAll(ranks, own).stream()
            .map(bytes -> new String(bytes, StandardCharsets.UTF_8).lines().toList())
            .toList();
    List<String> taken = assign(all);
    for (int rank = 0; rank < all.size(); rank++) {
      int count = all.get(rank).size();
      if (count > 0 && taken.get(rank).equals(NONE)) {
        lacking.putIfAbsent(
            provider.name(),
            ranks.name(rank)
                + " has no GPU of its own: lower ranks have taken the "
                + count
                + " that it may use; start at most as many ranks on a host as it has GPUs, or set"
                + " engine.backend to cpu");
      }
    }
    String mine = taken.get(ranks.rank());
    if (!mine.equals(NONE)) {
      provider.choose(all.get(ranks.rank()).indexOf(mine));
    }
  }

  /** None where the backend cannot run; it says why when it is asked for. */
  private static List<String> usable(BackendProvider provider) {
    try {
      return provider.devices();
    } catch (UnsupportedOperationException unusable) {
      return List.of();
    }
  }

  /**
   * The device of each rank, empty if none is left.
   *
   * @param usable identities of those that each rank may use
   */
  static List<String> assign(List<List<String>> usable) {
    Set<String> taken = new HashSet<>();
    List<String> assigned = new ArrayList<>();
    for (List<String> some : usable) {
      assigned.add(some.stream().filter(taken::add).findFirst().orElse(NONE));
    }
    return assigned;
  }

  /**
   * Checks that all ranks have a device.
   *
   * @param backend as configured
   * @throws ConfigException if one has none, on every rank
   */
  public void requireFor(String backend) {
    String line =
        backend.equals("auto")
            ? lacking.values().stream().findFirst().orElse(null)
            : lacking.get(backend);
    if (line != null) {
      throw new ConfigException(line);
    }
  }
}
