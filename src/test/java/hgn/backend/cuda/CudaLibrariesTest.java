package hgn.backend.cuda;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import hgn.tensor.DeviceNotFoundException;
import hgn.testing.Throws;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import jcuda.driver.CUresult;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.api.io.TempDir;

/** What is loaded from a folder, and the messages if something is missing. */
class CudaLibrariesTest {
  private static final Class<? extends Throwable> REFUSED = UnsupportedOperationException.class;

  @TempDir Path folder;
  private final List<String> loaded = new ArrayList<>();

  private void put(String... names) throws IOException {
    for (String name : names) {
      Files.writeString(folder.resolve(name), "no library");
    }
  }

  private CudaLibraries libraries() {
    return new CudaLibraries(
        new LibrarySearch(List.of(folder)), path -> loaded.add(path.getFileName().toString()));
  }

  /** Expects a one-line message that contains all the words and a remedy. */
  private static void refuses(Executable code, String... words) {
    Throws.naming(REFUSED, code, words);
    assertFalse(assertThrows(REFUSED, code).getMessage().contains("\n"));
  }

  @Test
  void aMachineWithoutADriverHasNoDevice() {
    assertThrows(DeviceNotFoundException.class, () -> libraries().loadDriver());
    refuses(
        () -> libraries().loadDriver(), "no NVIDIA driver", "libcuda.so.1", "525", "hgn.cuda.path");
    assertEquals(List.of(), loaded);
  }

  @Test
  void allOfCuda12IsLoadedInOrder() throws IOException {
    put("libcuda.so.1", "libcublas.so.12", "libcublasLt.so.12", "libcudnn.so.9", "libnvrtc.so.12");
    CudaLibraries libraries = libraries();
    libraries.loadDriver();
    libraries.loadMathematics(Drivers.CUDA_13);
    assertEquals(
        List.of(
            "libcuda.so.1",
            "libcublasLt.so.12",
            "libcublas.so.12",
            "libnvrtc.so.12",
            "libcudnn.so.9"),
        loaded);
  }

  @Test
  void cublasOfCuda12IsPreferred() throws IOException {
    put("libcublas.so.12", "libcublas.so.13", "libcudnn.so.9");
    libraries().loadMathematics(Drivers.CUDA_13);
    assertEquals(List.of("libcublas.so.12", "libcudnn.so.9"), loaded);
  }

  @Test
  void cublasOfCuda13IsLoadedBehindALibraryThatHandsItOn() throws IOException {
    assumeTrue(
        CudaLibraries.class.getResource("/native/linux-x86_64/libcublas.so.12") != null,
        "this build has no forwarding library");
    put("libcublas.so.13", "libcublasLt.so.13", "libcudnn.so.9");
    libraries().loadMathematics(Drivers.CUDA_13);
    assertEquals(
        List.of("libcublasLt.so.13", "libcublas.so.13", "libcublas.so.12", "libcudnn.so.9"),
        loaded);
  }

  @Test
  void librariesOfCuda13ArePassedOverBelowTheirDriver() throws IOException {
    put("libcublas.so.13", "libcublasLt.so.13", "libnvrtc.so.13", "libcudnn.so.9");
    refuses(
        () -> libraries().loadMathematics(12090),
        "cuBLAS of CUDA 12",
        "passed over " + folder + "/libcublas.so.13",
        "CUDA 12.9",
        "driver 580");
    assertEquals(List.of(), loaded);
    put("libcublas.so.12");
    libraries().loadMathematics(12090);
    assertEquals(List.of("libcublas.so.12", "libcudnn.so.9"), loaded);
  }

  @Test
  void cudnnOfCuda13IsRefusedBelowItsDriver() {
    Dnn.requireDriver(13010, 13000);
    Dnn.requireDriver(12090, 12000);
    refuses(() -> Dnn.requireDriver(13010, 12080), "cuDNN", "CUDA 13.1", "CUDA 12.8", "580");
  }

  @Test
  void aMissingCublasIsNamed() throws IOException {
    put("libcudnn.so.9");
    refuses(
        () -> libraries().loadMathematics(Drivers.CUDA_13),
        "cuBLAS",
        "libcublas.so.12",
        "hgn.cuda.path");
    put("libcublas.so.11");
    refuses(
        () -> libraries().loadMathematics(Drivers.CUDA_13),
        "libcublas.so.12",
        "found " + folder,
        "libcublas.so.11");
  }

  @Test
  void aMissingOrOldCudnnIsNamed() throws IOException {
    put("libcublas.so.12");
    refuses(
        () -> libraries().loadMathematics(Drivers.CUDA_13),
        "cuDNN 9",
        "libcudnn.so.9",
        "hgn.cuda.path");
    put("libcudnn.so.8");
    refuses(
        () -> libraries().loadMathematics(Drivers.CUDA_13),
        "cuDNN 9",
        "found " + folder,
        "libcudnn.so.8");
  }

  @Test
  void aFileThatIsNoLibraryIsNamed() throws IOException {
    put("libcuda.so.1");
    CudaLibraries libraries =
        new CudaLibraries(
            new LibrarySearch(List.of(folder)),
            path -> {
              throw new UnsatisfiedLinkError(path + ":\n  invalid ELF header");
            });
    refuses(
        libraries::loadDriver,
        folder + "/libcuda.so.1 does not load",
        "invalid ELF",
        "hgn.cuda.path");
  }

  @Test
  void anOldDriverIsNamedWithBothVersions() {
    Device.requireVersion(12000);
    refuses(() -> Device.requireVersion(11040), "too old", "CUDA 11.4", "12.0", "driver 525");
  }

  @Test
  void aDriverWithoutAGpuHasNoDevice() {
    Device.requireDevice(CUresult.CUDA_SUCCESS, 1);
    for (int code : new int[] {CUresult.CUDA_ERROR_NO_DEVICE, CUresult.CUDA_SUCCESS}) {
      assertThrows(DeviceNotFoundException.class, () -> Device.requireDevice(code, 0));
      refuses(() -> Device.requireDevice(code, 0), "no GPU", "CUDA_VISIBLE_DEVICES");
    }
    refuses(
        () -> Device.requireDevice(CUresult.CUDA_ERROR_SYSTEM_DRIVER_MISMATCH, 0),
        "cuInit",
        "CUDA_ERROR_SYSTEM_DRIVER_MISMATCH",
        "nvidia-smi");
  }
}
