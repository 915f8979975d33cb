package hgn.backend.cuda;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Properties;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * How the kernels were built, which decides on what drivers they run. The build writes it into a
 * file beside them.
 *
 * @param toolkit version of the CUDA toolkit, such as 12.9.41
 * @param targets compute capabilities, times ten, that there is compiled code for
 */
record KernelBuild(String toolkit, List<Integer> targets) {
  private static final String NAME = "hgn.properties";

  /** CUDA 12.0, whose drivers are the oldest that this program supports. */
  private static final int OLDEST = 12000;

  /** The build of the kernels that are in use; empty if they do not say. */
  static Optional<KernelBuild> ofThisProgram() {
    String path = System.getProperty(KernelModule.PROPERTY);
    try (InputStream file =
        path == null
            ? KernelBuild.class.getResourceAsStream("/kernels/" + NAME)
            : beside(Path.of(path))) {
      return file == null ? Optional.empty() : Optional.of(read(file));
    } catch (IOException unreadable) {
      return Optional.empty(); // the kernels, in the same place, tell why
    }
  }

  private static InputStream beside(Path kernels) throws IOException {
    Path file = kernels.resolveSibling(NAME);
    return Files.isRegularFile(file) ? Files.newInputStream(file) : null;
  }

  private static KernelBuild read(InputStream file) throws IOException {
    Properties written = new Properties();
    written.load(file);
    return new KernelBuild(
        written.getProperty("toolkit"),
        Stream.of(written.getProperty("targets").split(",")).map(Integer::valueOf).toList());
  }

  /** The toolkit's version as the driver counts, 12090 for 12.9. */
  private int version() {
    String[] numbers = toolkit.split("\\.");
    return 1000 * Integer.parseInt(numbers[0]) + 10 * Integer.parseInt(numbers[1]);
  }

  /** Whether the driver has to compile the kernels for a chip, instead of loading them only. */
  boolean mustCompile(int capability) {
    // code for 8.6 runs on 8.9 too, but not on 9.0
    return targets.stream().noneMatch(t -> t / 10 == capability / 10 && t <= capability);
  }

  /**
   * The least CUDA version of a driver. Within a major version a driver loads the compiled code of
   * later toolkits as well, but does not compile theirs.
   */
  int leastVersion(int capability) {
    return mustCompile(capability) ? version() : leastVersion();
  }

  private int leastVersion() {
    return Math.max(OLDEST, version() / 1000 * 1000);
  }

  /**
   * Checks that a driver can load the kernels on a device.
   *
   * @param driver the CUDA version that it supports, as 12060 for 12.6
   * @throws UnsupportedOperationException if it cannot
   */
  void requireDriver(int driver, int capability) {
    int least = leastVersion(capability);
    if (driver < least) {
      throw new UnsupportedOperationException(
          "the kernels were built with CUDA "
              + toolkit
              + " and need a driver for CUDA "
              + Drivers.dotted(least)
              + ", this one is for CUDA "
              + Drivers.dotted(driver)
              + "; install driver "
              + Drivers.withCuda(least)
              + ", or build them with CUDA 12.8 or 12.9");
    }
  }

  /** In words: the toolkit, the chips, and the least driver. */
  String describe() {
    return "kernels built with CUDA "
        + toolkit
        + " for compute capability "
        + targets.stream().map(t -> t / 10 + "." + t % 10).collect(Collectors.joining(", "))
        + ", on driver "
        + Drivers.withCuda(leastVersion());
  }
}
