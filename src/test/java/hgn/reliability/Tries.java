package hgn.reliability;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Locale;

/**
 * Counts what a test has tried, and appends it to {@code target/reliability.md} as a row of a
 * table.
 *
 * <p>{@code -Dhgn.tries.kill=1000} sets the number of tries of one kind, {@code -Dhgn.tries.seed=7}
 * what is drawn.
 */
final class Tries implements AutoCloseable {
  private static final Path TABLE = Path.of("target", "reliability.md");
  private static final int FEW = 1;

  private final String what;
  private final long started = System.nanoTime();
  private int count;

  /** Starts to count. */
  Tries(String what) {
    this.what = what;
  }

  /** How many tries of a kind are asked for. */
  static int of(String kind) {
    return Integer.getInteger("hgn.tries." + kind, FEW);
  }

  /** The seed of what is drawn, of today unless it is given. */
  static long seed() {
    long seed = Long.getLong("hgn.tries.seed", System.nanoTime() & 0xFFFFFF);
    System.out.println("seed " + seed);
    return seed;
  }

  /** Counts one. */
  void count() {
    count++;
  }

  /** Writes the row. */
  @Override
  public void close() throws IOException {
    String row =
        String.format(
            Locale.ROOT, "| %s | %d | %.0f |%n", what, count, (System.nanoTime() - started) * 1e-9);
    Files.createDirectories(TABLE.getParent());
    Files.writeString(TABLE, row, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    System.out.print(row);
  }
}
