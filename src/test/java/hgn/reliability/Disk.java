package hgn.reliability;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Assumptions;

/** A small disk in memory, mounted on a folder; needs the privilege to mount. */
final class Disk implements AutoCloseable {
  private final Path folder;

  private Disk(Path folder) {
    this.folder = folder;
  }

  /**
   * Mounts a disk; skips the test where that is not allowed.
   *
   * @param options as mount takes them, such as {@code size=4m,nr_inodes=20}
   */
  static Disk on(Path folder, String options) throws IOException, InterruptedException {
    Files.createDirectories(folder);
    Assumptions.assumeTrue(
        run("mount", "-t", "tmpfs", "-o", options, "tmpfs", folder.toString()),
        "a disk can only be mounted by root, or under unshare -rm");
    return new Disk(folder);
  }

  /** Changes options of the mounted disk; false if that is refused, as while a file is written. */
  boolean change(String options) throws IOException, InterruptedException {
    return run("mount", "-o", "remount," + options, folder.toString());
  }

  @Override
  public void close() throws IOException, InterruptedException {
    if (!run("umount", folder.toString())) {
      throw new IOException("cannot unmount " + folder);
    }
  }

  /** Whether a system command succeeds. */
  static boolean run(String... command) throws IOException, InterruptedException {
    try {
      Process process =
          new ProcessBuilder(List.of(command))
              .redirectErrorStream(true)
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .start();
      return process.waitFor(10, TimeUnit.SECONDS) && process.exitValue() == 0;
    } catch (IOException missing) {
      return false;
    }
  }
}
