package hgn.peer;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import hgn.bench.Processor;
import hgn.bench.Stopwatch;
import hgn.doctor.Version;
import hgn.tensor.Backend;
import java.time.LocalDate;
import java.util.Locale;
import java.util.Optional;

/** What was found, line by line for people and as one tree for programs. */
final class Report {
  /** Share of the processors in use up to which a machine counts as idle. */
  private static final double QUIET = 0.1;

  private final ObjectNode tree = new ObjectMapper().createObjectNode();
  private final ObjectNode parts;
  private final String peer;

  /**
   * A report of no results yet.
   *
   * @param peer its name
   * @param words its version, and what else matters
   */
  Report(String peer, String words, Backend backend, int batch, int warmup, int iterations) {
    this.peer = peer;
    tree.put("date", LocalDate.now().toString());
    tree.put("processor", Processor.name());
    tree.put("threads", backend.threads());
    tree.put("in_use_before", Neighbours.share());
    tree.put("hgn4j", Version.number());
    tree.put("backend", backend.describe());
    tree.put(peer, words);
    tree.put("java", Runtime.version().toString());
    tree.put("preset", "published").put("integrator", "leapfrog").put("dtype", "float32");
    tree.put("batch", batch).put("frames", Setting.FRAMES_OUT);
    tree.put("warmup", warmup).put("iterations", iterations);
    parts = tree.putObject("parts");
  }

  /** What is compared, where. */
  String head() {
    return String.format(
        Locale.ROOT,
        "%s, %s, threads of each side: %d%nhgn4j %s (%s)%n%s %s%n"
            + "published preset, batch %d, %d frames decoded, leapfrog, float32",
        text("date"),
        text("processor"),
        tree.path("threads").asInt(),
        text("hgn4j"),
        text("backend"),
        peer,
        text(peer),
        tree.path("batch").asInt(),
        tree.path("frames").asInt());
  }

  /** A warning if others compute on this machine. */
  Optional<String> warning() {
    double share = tree.path("in_use_before").asDouble();
    return share <= QUIET
        ? Optional.empty()
        : Optional.of(
            String.format(
                Locale.ROOT,
                "others use %.0f %% of the processors: the times say little, and least of %s,"
                    + " whose threads wait for one another at every operation",
                100 * share,
                peer));
  }

  /** Enters that both sides compute the same. */
  void enter(Agreement agreement) {
    ObjectNode node = tree.putObject("agreement");
    node.put("losses_apart", agreement.lossesApart());
    node.put("tolerance", Agreement.TOLERANCE);
    agreement.losses().forEach(node.putArray("hgn4j_losses")::add);
    agreement.peerLosses().forEach(node.putArray(peer + "_losses")::add);
    ObjectNode gradients = node.putObject("gradients_apart");
    agreement.gradients().forEach(gradients::put);
  }

  /** Enters a part's times. */
  void enter(Part part, Turns turns) {
    ObjectNode node = parts.putObject(part.toString());
    times(node.putObject("hgn4j"), turns.here());
    times(node.putObject(peer), turns.there());
    node.put("ratio_of_medians", turns.ratio()).put("ratio_of_least", turns.leastRatio());
  }

  private static void times(ObjectNode node, Stopwatch time) {
    node.put("median_s", time.median()).put("least_s", time.least());
  }

  /** Heads of a {@link #row}'s columns. */
  String columns() {
    return String.format(
        "%-13s %22s %22s %17s%n%-13s %11s %10s %11s %10s %9s %7s",
        "part",
        "hgn4j, s",
        peer + ", s",
        peer + " / hgn4j",
        "",
        "median",
        "least",
        "median",
        "least",
        "median",
        "least");
  }

  /** A part's times as a row. */
  static String row(Part part, Turns turns) {
    return String.format(
        Locale.ROOT,
        "%-13s %11.4f %10.4f %11.4f %10.4f %9.2f %7.2f",
        part,
        turns.here().median(),
        turns.here().least(),
        turns.there().median(),
        turns.there().least(),
        turns.ratio(),
        turns.leastRatio());
  }

  /** Everything. */
  String json() {
    return tree.toPrettyString() + "\n";
  }

  private String text(String key) {
    return tree.path(key).asText();
  }
}
