package hgn.testing.programs;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Sends signals to processes, as {@code kill} does. */
public final class Signals {
  private Signals() {}

  /**
   * Whether this process, and so each that it starts, ignores SIGHUP, as all do that nohup started.
   */
  public static boolean isHangUpIgnored() throws IOException {
    Path status = Path.of("/proc/self/status");
    if (!Files.exists(status)) {
      return false;
    }
    return Files.readAllLines(status).stream()
        .filter(line -> line.startsWith("SigIgn:"))
        .anyMatch(line -> line.matches(".*[13579bdf]")); // the first bit is that of signal 1
  }

  /** Sends the signal of this name, such as HUP. */
  public static void send(String name, long pid) throws IOException, InterruptedException {
    int code = new ProcessBuilder("kill", "-" + name, Long.toString(pid)).start().waitFor();
    if (code != 0) {
      throw new IOException("kill -" + name + " " + pid + " ends with " + code);
    }
  }
}
