package hgn.doctor;

import hgn.bench.Processor;
import hgn.images.Drawing;
import hgn.images.Lettering;
import hgn.images.UndrawableException;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/** Describes the machine. */
public final class Machine {
  private static final double GIB = 1 << 30;

  private Machine() {}

  /** Operating system, processor and memory. */
  public static String hardware() {
    return System.getProperty("os.name")
        + " "
        + System.getProperty("os.arch")
        + ", "
        + Runtime.getRuntime().availableProcessors()
        + " processors ("
        + Processor.name()
        + "), "
        + memory();
  }

  /** Virtual machine and its heap. */
  public static String java() {
    return System.getProperty("java.version")
        + ", "
        + System.getProperty("java.vm.name")
        + ", "
        + gib(Runtime.getRuntime().maxMemory())
        + " of heap at most";
  }

  /** What is missing for pictures, with the remedy; empty if they are drawn in full. */
  public static Optional<String> pictureTrouble() {
    try {
      return Drawing.made(Lettering::trouble);
    } catch (UndrawableException missing) {
      return Optional.of(missing.getMessage());
    }
  }

  private static String memory() {
    return ManagementFactory.getOperatingSystemMXBean()
            instanceof com.sun.management.OperatingSystemMXBean system
        ? gib(system.getTotalMemorySize())
            + " of memory, "
            + gib(system.getFreeMemorySize())
            + " free"
        : "memory unknown";
  }

  /** Peak resident memory of this process, or 0 if unknown. */
  public static long peakBytes() {
    try (Stream<String> lines = Files.lines(Path.of("/proc/self/status"))) {
      return lines
          .filter(line -> line.startsWith("VmHWM:"))
          .mapToLong(line -> 1024 * Long.parseLong(line.replaceAll("[^0-9]", "")))
          .findFirst()
          .orElse(0);
    } catch (IOException | java.io.UncheckedIOException | NumberFormatException unknown) {
      return 0;
    }
  }

  private static String gib(long bytes) {
    return String.format(Locale.ROOT, "%.1f GiB", bytes / GIB);
  }
}
