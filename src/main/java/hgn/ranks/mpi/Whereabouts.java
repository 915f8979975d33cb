package hgn.ranks.mpi;

import hgn.files.LockHolder;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/**
 * Where a rank runs.
 *
 * @param host name of its host
 * @param pid its process id there
 * @param kernel what ranks have in common that can see one another's processes; empty if unknown
 * @param processors those that it may use
 */
record Whereabouts(String host, long pid, String kernel, String processors) {
  private static final String SEPARATOR = "\n";

  /** Those of this process. */
  static Whereabouts own() {
    LockHolder self = LockHolder.self();
    return new Whereabouts(self.host(), self.pid(), kernelOfThis(), processorsOfThis());
  }

  private static String kernelOfThis() {
    try {
      Path boot = Path.of("/proc/sys/kernel/random/boot_id");
      Path space = Files.readSymbolicLink(Path.of("/proc/self/ns/pid"));
      return Files.readString(boot).strip() + " " + space;
    } catch (IOException notLinux) {
      return "";
    }
  }

  private static String processorsOfThis() {
    try {
      return Files.readAllLines(Path.of("/proc/self/status")).stream()
          .filter(line -> line.startsWith("Cpus_allowed_list:"))
          .map(line -> line.substring(line.indexOf(':') + 1).strip())
          .findFirst()
          .orElse("");
    } catch (IOException notLinux) {
      return "";
    }
  }

  /** A form to send. */
  byte[] toBytes() {
    return String.join(SEPARATOR, host, Long.toString(pid), kernel, processors)
        .getBytes(StandardCharsets.UTF_8);
  }

  /** The whereabouts of {@link #toBytes}. */
  static Whereabouts of(byte[] bytes) {
    String[] parts = new String(bytes, StandardCharsets.UTF_8).split(SEPARATOR, -1);
    return new Whereabouts(parts[0], Long.parseLong(parts[1]), parts[2], parts[3]);
  }

  /** Whether the process can be seen from this one. */
  boolean isVisibleFrom(Whereabouts other) {
    return !kernel.isEmpty() && kernel.equals(other.kernel);
  }

  /** Whether the process, which is visible from this one, has ended. */
  boolean hasEnded() {
    try {
      String status = Files.readString(Path.of("/proc", Long.toString(pid), "stat"));
      String state = status.substring(status.lastIndexOf(')') + 1).strip();
      return state.startsWith("Z") || state.startsWith("X");
    } catch (NoSuchFileException gone) {
      return true;
    } catch (IOException unreadable) {
      return unreadable.getMessage() != null && unreadable.getMessage().contains("No such process");
    }
  }

  /** Host and process, for messages. */
  @Override
  public String toString() {
    return host + " (process " + pid + ")";
  }
}
