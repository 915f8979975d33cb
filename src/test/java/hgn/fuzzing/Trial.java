package hgn.fuzzing;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.util.regex.Pattern;

/**
 * What may happen when the program reads something: nothing, or an exception of its own with one
 * line for the user.
 */
public final class Trial {
  private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

  /** More than any message needs that quotes a path and a value. */
  private static final int LONGEST_LINE = 2000;

  private static final Pattern CONTROL = Pattern.compile("[\\p{Cc}\\u2028\\u2029]");
  private static final String OWN = "hgn.";

  private static final int REPETITIONS = 3;
  private static final int BASE_BYTES = 32 << 20;
  private static final int BYTES_PER_BYTE = 1 << 10;

  /** Reads an input. */
  @FunctionalInterface
  public interface Reading {
    /** Reads all of it. */
    void run() throws Exception;
  }

  private Trial() {}

  /**
   * Reads an input.
   *
   * @throws AssertionError if anything but an exception of the program's own comes out
   */
  public static void read(Reading reading) {
    try {
      reading.run();
    } catch (Throwable thrown) {
      requireOwn(thrown);
    }
  }

  /**
   * As {@link #read}, for what is not compressed: memory may grow only as its bytes do, whatever
   * lengths they tell. What is read must be read alike again and again.
   */
  public static void readPlain(byte[] input, Reading reading) {
    long most = BASE_BYTES + (long) BYTES_PER_BYTE * input.length;
    long used = allocated(reading);
    for (int again = 0; again < REPETITIONS && used > most; again++) {
      used = allocated(reading); // the first time, classes were loaded too
    }
    if (used > most) {
      throw new AssertionError(used + " bytes allocated for an input of " + input.length);
    }
  }

  private static long allocated(Reading reading) {
    long before = THREADS.getCurrentThreadAllocatedBytes();
    read(reading);
    return THREADS.getCurrentThreadAllocatedBytes() - before;
  }

  private static void requireOwn(Throwable thrown) {
    String message = thrown.getMessage();
    if (thrown instanceof Error || !isOwn(thrown)) {
      throw new AssertionError("not an exception of the program's own", thrown);
    }
    if (message == null || message.isBlank() || message.length() > LONGEST_LINE) {
      throw new AssertionError("no message of one line", thrown);
    }
    if (CONTROL.matcher(message).find()) {
      throw new AssertionError("a message with control characters", thrown);
    }
    if (message.contains("more memory than there is")) {
      throw new AssertionError("a small input took all memory", thrown);
    }
  }

  /** Whether its class is one of the program's, or the program threw an argument's refusal. */
  private static boolean isOwn(Throwable thrown) {
    StackTraceElement[] trace = thrown.getStackTrace();
    return thrown.getClass().getName().startsWith(OWN)
        || thrown.getClass() == IllegalArgumentException.class
            && trace.length > 0
            && trace[0].getClassName().startsWith(OWN);
  }
}
