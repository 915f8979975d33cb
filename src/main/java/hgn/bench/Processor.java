package hgn.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/** Describes the processor, if the system provides this. */
public final class Processor {
  private static final String UNKNOWN = "unknown";

  private Processor() {}

  /** The model name. */
  public static String name() {
    return property("model name");
  }

  private static String property(String key) {
    try (Stream<String> lines = Files.lines(Path.of("/proc/cpuinfo"))) {
      return lines
          .filter(line -> line.startsWith(key))
          .map(line -> line.substring(line.indexOf(':') + 1).strip())
          .findFirst()
          .orElse(UNKNOWN);
    } catch (IOException | UncheckedIOException unreadable) {
      return UNKNOWN;
    }
  }
}
