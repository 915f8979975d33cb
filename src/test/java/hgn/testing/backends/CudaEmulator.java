package hgn.testing.backends;

import hgn.tensor.Backends;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import jcuda.driver.CUresult;
import jcuda.driver.JCudaDriver;
import org.junit.jupiter.api.Assumptions;

/**
 * NVIDIA's libraries replaced by stand-ins that run the kernels of {@code kernels/} on the host.
 *
 * <p>They are built from {@code native/emulator/} before the tests run. A stored operation is done
 * when somebody waits for it and not before; device memory starts as not-a-number and ends at a
 * page that nobody may touch; every other block starts with its last thread. So a forgotten wait, a
 * read of what was not written, an index out of range and many a missing barrier are seen.
 */
public final class CudaEmulator {
  private static final Path DIRECTORY = Path.of("target", "emulator").toAbsolutePath();
  private static final List<String> LIBRARIES =
      List.of("libcuda.so.1", "libcudnn.so.9", "libcublas.so.12");

  private static final int FAIL_LAUNCH = 0x68676e01;
  private static final int RECOVER = 0x68676e02;
  private static final int TOTAL_MEMORY = 0x68676e03;
  private static final int LAUNCHES = 0x68676e04;
  private static final int WAITS = 0x68676e05;

  private CudaEmulator() {}

  /** Whether the stand-ins were built, and this program has not loaded a real driver before. */
  public static boolean available() {
    return LIBRARIES.stream().allMatch(name -> Files.isRegularFile(DIRECTORY.resolve(name)))
        && !realDriverLoaded();
  }

  /** Skips the calling test, with the reason, where the emulator cannot be had. */
  public static void assumeAvailable() {
    Assumptions.assumeTrue(
        available(), "no CUDA emulator: it needs a C++ compiler, and no real driver loaded");
  }

  /**
   * Lets the CUDA backend find the emulator and nothing else, for the rest of this program.
   *
   * <p>What {@link Backends#fastest()} means is settled before, so it is never the emulator. Sets
   * {@code hgn.cuda.path}, the directory with the libraries, and {@code hgn.cuda.kernels}, the file
   * that stands for the compiled kernels.
   */
  public static synchronized void install() {
    assumeAvailable();
    Backends.fastest();
    System.setProperty("hgn.cuda.path", DIRECTORY.toString());
    System.setProperty("hgn.cuda.kernels", DIRECTORY.resolve("hgn.fatbin").toString());
    LIBRARIES.forEach(name -> System.load(DIRECTORY.resolve(name).toString()));
  }

  /** What the emulator takes for an image of compiled kernels. */
  public static byte[] image() {
    try {
      byte[] text = Files.readAllBytes(DIRECTORY.resolve("hgn.fatbin"));
      return Arrays.copyOf(text, text.length + 1); // ends with a zero
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  /**
   * Lets a kernel launch fail when its turn comes, and with it everything after, as on a device
   * that is lost.
   *
   * @param launchesBefore how many launches from now on still succeed
   * @param status a {@link CUresult}
   */
  public static void failLaunchAfter(int launchesBefore, int status) {
    JCudaDriver.cuCtxSetLimit(FAIL_LAUNCH, (long) status << 32 | launchesBefore);
  }

  /** Makes the device usable again after a failure; what was stored on its streams is dropped. */
  public static void recover() {
    JCudaDriver.cuCtxSetLimit(RECOVER, 0);
  }

  /** How much device memory there is from now on, in bytes, with what is in use already. */
  public static void setTotalMemory(long bytes) {
    JCudaDriver.cuCtxSetLimit(TOTAL_MEMORY, bytes);
  }

  /** How much device memory there is, in bytes. */
  public static long totalMemory() {
    return get(TOTAL_MEMORY);
  }

  /** How many kernels have run so far; those of libraries do not count. */
  public static long launches() {
    return get(LAUNCHES);
  }

  /** How often a call has had to wait for what was stored. */
  public static long waits() {
    return get(WAITS);
  }

  private static long get(int limit) {
    long[] value = {0};
    JCudaDriver.cuCtxGetLimit(value, limit);
    return value[0];
  }

  private static boolean realDriverLoaded() {
    try (Stream<String> mappings = Files.lines(Path.of("/proc/self/maps"))) {
      return mappings.anyMatch(
          line -> line.contains("/libcuda.so") && !line.contains(DIRECTORY.toString()));
    } catch (IOException noSuchSystem) {
      return false;
    }
  }
}
