package hgn.testing.programs;

import java.io.IOException;

/** Sends signals to processes, as {@code kill} does. */
public final class Signals {
  private Signals() {}

  /** Sends the signal of this name, such as HUP. */
  public static void send(String name, long pid) throws IOException, InterruptedException {
    int code = new ProcessBuilder("kill", "-" + name, Long.toString(pid)).start().waitFor();
    if (code != 0) {
      throw new IOException("kill -" + name + " " + pid + " ends with " + code);
    }
  }
}
