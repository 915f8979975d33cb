package hgn.cli.console;

import java.io.PrintWriter;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Locale;
import java.util.function.LongSupplier;

/**
 * A progress bar: one overwritten line on a terminal, a line every few seconds elsewhere. Speed and
 * time left are based on the last ten seconds.
 */
public final class ProgressBar implements AutoCloseable {
  private static final long SECOND = 1_000_000_000L;
  private static final long WINDOW = 10 * SECOND;
  private static final long TERMINAL_INTERVAL = SECOND / 10;
  private static final long PLAIN_INTERVAL = 5 * SECOND;
  private static final int SMALLEST_BAR = 5;
  private static final int LARGEST_BAR = 30;

  private record Mark(long nanos, long step) {}

  private final PrintWriter out;
  private final int width;
  private final long total;
  private final int batch;
  private final String unit;
  private final LongSupplier clock;
  private final Deque<Mark> marks = new ArrayDeque<>();
  private long shownAt;
  private String pending;
  private int shownLength;

  /**
   * Creates a bar.
   *
   * @param out output
   * @param width columns of the terminal; 0 if there is none
   * @param first steps done already
   * @param total total number of steps
   * @param batch units per step
   * @param unit name of the units, such as rollouts
   * @param clock nanoseconds
   */
  ProgressBar(
      PrintWriter out,
      int width,
      long first,
      long total,
      int batch,
      String unit,
      LongSupplier clock) {
    this.unit = unit;
    this.out = out;
    this.width = width;
    this.total = total;
    this.batch = batch;
    this.clock = clock;
    marks.add(new Mark(clock.getAsLong(), first));
    shownAt = clock.getAsLong() - PLAIN_INTERVAL;
  }

  /** Creates a bar on {@code out}, assumed to be a terminal if the program has one. */
  public static ProgressBar on(PrintWriter out, long first, long total, int batch, String unit) {
    return new ProgressBar(out, Terminal.columns(), first, total, batch, unit, System::nanoTime);
  }

  /**
   * Records that {@code step} is done and shows it if enough time has passed.
   *
   * @param values text about the step
   */
  public void update(long step, String values) {
    long now = clock.getAsLong();
    marks.add(new Mark(now, step));
    while (marks.size() > 2 && now - marks.peekFirst().nanos() > WINDOW) {
      marks.removeFirst();
    }
    pending = step + "/" + total + " " + values + " " + pace(step);
    if (now - shownAt >= (width > 0 ? TERMINAL_INTERVAL : PLAIN_INTERVAL)) {
      show(step);
      shownAt = now;
    }
  }

  private String pace(long step) {
    Mark oldest = marks.peekFirst();
    Mark newest = marks.peekLast();
    double seconds = (double) (newest.nanos() - oldest.nanos()) / SECOND;
    double stepsPerSecond = (newest.step() - oldest.step()) / seconds;
    if (!(stepsPerSecond > 0) || Double.isInfinite(stepsPerSecond)) {
      return "- " + unit + "/s";
    }
    return String.format(
        Locale.ROOT,
        "%.3g %s/s %s left",
        stepsPerSecond * batch,
        unit,
        duration(Math.round((total - step) / stepsPerSecond)));
  }

  /** Seconds as m:ss or h:mm:ss. */
  public static String duration(long seconds) {
    return seconds < 3600
        ? String.format(Locale.ROOT, "%d:%02d", seconds / 60, seconds % 60)
        : String.format(
            Locale.ROOT, "%d:%02d:%02d", seconds / 3600, seconds / 60 % 60, seconds % 60);
  }

  private void show(long step) {
    if (width == 0) {
      out.println(pending);
    } else {
      String line = bar(step) + pending;
      line = cut(line, width - 1);
      out.print("\r" + line + " ".repeat(Math.max(0, shownLength - line.length())));
      shownLength = line.length();
    }
    pending = null;
    out.flush();
  }

  /** Cuts a line at a word boundary to at most {@code most} columns. */
  private static String cut(String line, int most) {
    if (line.length() <= most) {
      return line;
    }
    int end = line.lastIndexOf(' ', most);
    return line.substring(0, end > 0 ? end : most);
  }

  /** A bar in the space left of the text. */
  private String bar(long step) {
    int room = Math.min(width - pending.length() - 4, LARGEST_BAR);
    if (room < SMALLEST_BAR) {
      return "";
    }
    int done = (int) (room * Math.min(step, total) / Math.max(total, 1));
    return "[" + "#".repeat(done) + ".".repeat(room - done) + "] ";
  }

  /** Prints a separate line above the bar. */
  public void message(String line) {
    clear();
    out.println(line);
    out.flush();
  }

  private void clear() {
    if (shownLength > 0) {
      out.print("\r" + " ".repeat(shownLength) + "\r");
      shownLength = 0;
    }
  }

  /** Shows the last update if still pending, and ends the line. */
  @Override
  public void close() {
    if (pending != null) {
      show(marks.peekLast().step());
    }
    if (shownLength > 0) {
      out.println();
      shownLength = 0;
    }
    out.flush();
  }
}
