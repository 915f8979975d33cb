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
 * <p>They are built from {@code native/emulator/} before the tests run. A stored operation runs
 * only when the program waits for it; device memory is filled with NaN and followed by a guard
 * page; every other block starts with its last thread. This exposes a forgotten wait, a read of
 * uninitialised memory, an index out of range and many missing barriers.
 *
 * <p>More is seen by {@link #setOrderSeed} and by kernels that were built to be {@link Build
 * watched}.
 */
public final class CudaEmulator {
  /**
   * System property that names another folder with stand-ins, as {@code .ci/emulator-probes} does.
   */
  private static final String FOLDER = "hgn.emulator";

  private static final Path DIRECTORY =
      Path.of(System.getProperty(FOLDER, "target/emulator")).toAbsolutePath();
  private static final List<String> LIBRARIES =
      List.of("libcuda.so.1", "libcudnn.so.9", "libcublas.so.12");

  private static final int FAIL_LAUNCH = 0x68676e01;
  private static final int RECOVER = 0x68676e02;
  private static final int TOTAL_MEMORY = 0x68676e03;
  private static final int LAUNCHES = 0x68676e04;
  private static final int WAITS = 0x68676e05;
  private static final int ORDER_SEED = 0x68676e06;
  private static final int BUILD = 0x68676e07;
  private static final int LOADING = 0x68676e10;

  /** How the kernels were compiled. */
  public enum Build {
    PLAIN,
    /** Every access to memory is watched for races and alignment. */
    RACES,
    /** A product and a sum may be rounded once, as on a GPU. */
    CONTRACTION
  }

  private CudaEmulator() {}

  /** Whether the stand-ins were built and this program has not loaded a real driver. */
  public static boolean available() {
    return LIBRARIES.stream().allMatch(name -> Files.isRegularFile(DIRECTORY.resolve(name)))
        && !realDriverLoaded();
  }

  /** Skips the calling test, with the reason, if the emulator is not available. */
  public static void assumeAvailable() {
    Assumptions.assumeTrue(
        available(), "no CUDA emulator: it needs a C++ compiler, and no real driver loaded");
  }

  /**
   * Lets the CUDA backend find the emulator and nothing else, for the rest of this program.
   *
   * <p>{@link Backends#fastest()} is determined before, so it is never the emulator. Sets {@code
   * hgn.cuda.path}, the directory with the libraries, and {@code hgn.cuda.kernels}, the file that
   * replaces the compiled kernels.
   */
  public static synchronized void install() {
    assumeAvailable();
    Backends.fastest();
    System.setProperty("hgn.cuda.path", DIRECTORY.toString());
    System.setProperty("hgn.cuda.kernels", DIRECTORY.resolve("hgn.fatbin").toString());
    LIBRARIES.forEach(name -> System.load(DIRECTORY.resolve(name).toString()));
  }

  /** The emulator's substitute for an image of compiled kernels. */
  public static byte[] image() {
    try {
      byte[] text = Files.readAllBytes(DIRECTORY.resolve("hgn.fatbin"));
      return Arrays.copyOf(text, text.length + 1); // ends with a zero
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  /**
   * Makes a kernel launch fail when it runs, and everything after it, as on a lost device.
   *
   * @param launchesBefore how many more launches succeed
   * @param status a {@link CUresult}
   */
  public static void failLaunchAfter(int launchesBefore, int status) {
    JCudaDriver.cuCtxSetLimit(FAIL_LAUNCH, (long) status << 32 | launchesBefore);
  }

  /** Makes the device usable again after a failure; work stored on its streams is dropped. */
  public static void recover() {
    JCudaDriver.cuCtxSetLimit(RECOVER, 0);
  }

  /** Sets the total device memory in bytes, including memory in use. */
  public static void setTotalMemory(long bytes) {
    JCudaDriver.cuCtxSetLimit(TOTAL_MEMORY, bytes);
  }

  /** Sets how long loading a module takes, as if the driver had to compile it. */
  public static void setLoadingMillis(long millis) {
    JCudaDriver.cuCtxSetLimit(LOADING, millis);
  }

  /** Total device memory in bytes. */
  public static long totalMemory() {
    return get(TOTAL_MEMORY);
  }

  /** Number of kernels run so far, without those of libraries. */
  public static long launches() {
    return get(LAUNCHES);
  }

  /** How often a call has had to wait for stored work. */
  public static long waits() {
    return get(WAITS);
  }

  /**
   * From now on each launch runs twice, the second time with blocks and threads in orders drawn
   * from the seed, and fails unless both leave the same bits; 0 ends this.
   */
  public static void setOrderSeed(long seed) {
    JCudaDriver.cuCtxSetLimit(ORDER_SEED, seed);
  }

  /** The seed of orders; 0 if none. */
  public static long orderSeed() {
    return get(ORDER_SEED);
  }

  /** How the kernels that run were compiled. */
  public static Build build() {
    return Build.values()[Math.toIntExact(get(BUILD))];
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
