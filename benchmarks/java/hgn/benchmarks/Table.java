package hgn.benchmarks;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Locale;
import java.util.Map;

/** Readings for people and for programs. */
final class Table {
  private static final ObjectMapper JSON = new ObjectMapper();

  private Table() {}

  /** A table in Markdown, which is easy to read as it is. */
  static String markdown(Map<String, Reading> readings) {
    StringBuilder text = new StringBuilder("| benchmark | time | rate | ceiling | share |\n");
    text.append("| --- | ---: | ---: | ---: | ---: |\n");
    readings.forEach(
        (name, reading) ->
            text.append(
                String.format(
                    Locale.ROOT,
                    "| %s | %s | %s | %s | %.4g %% |%n",
                    name,
                    time(reading.seconds()),
                    rate(reading.rate(), reading.unit()),
                    rate(reading.ceiling(), reading.unit()),
                    100 * reading.share())));
    return text.toString();
  }

  private static String rate(double perSecond, String unit) {
    return perSecond >= 1e9
        ? String.format(Locale.ROOT, "%.4g G%s", perSecond * 1e-9, unit)
        : String.format(Locale.ROOT, "%.4g M%s", perSecond * 1e-6, unit);
  }

  private static String time(double seconds) {
    return seconds >= 1
        ? String.format(Locale.ROOT, "%.3f s", seconds)
        : seconds >= 1e-3
            ? String.format(Locale.ROOT, "%.3f ms", seconds * 1e3)
            : String.format(Locale.ROOT, "%.2f us", seconds * 1e6);
  }

  /** Everything, with what it was measured on. */
  static ObjectNode json(Map<String, Reading> readings, String machine, String command) {
    ObjectNode tree = JSON.createObjectNode().put("machine", machine).put("command", command);
    ObjectNode all = tree.putObject("benchmarks");
    readings.forEach(
        (name, reading) ->
            all.putObject(name)
                .put("seconds", reading.seconds())
                .put("amount", reading.amount())
                .put("unit", reading.unit())
                .put("ceiling", reading.ceiling())
                .put("share", reading.share()));
    return tree;
  }
}
