package hgn.backend.cuda;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hgn.testing.Throws;
import hgn.testing.backends.CudaEmulator;
import java.io.IOException;
import java.lang.ref.WeakReference;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Loading the kernels to the emulated device, which is of compute capability 9.0. */
class KernelModuleTest {
  @TempDir Path folder;
  private Device device;
  private String before;

  @BeforeEach
  void open() throws IOException {
    CudaEmulator.install();
    device = new Device(0);
    before = System.getProperty(KernelModule.PROPERTY);
    Path kernels = folder.resolve("hgn.fatbin");
    Files.copy(Path.of(before), kernels);
    System.setProperty(KernelModule.PROPERTY, kernels.toString());
  }

  @AfterEach
  void restore() {
    if (before != null) {
      CudaEmulator.setLoadingMillis(0);
      System.setProperty(KernelModule.PROPERTY, before);
    }
  }

  private void builtWith(String toolkit, String targets) throws IOException {
    Files.writeString(
        folder.resolve("hgn.properties"), "toolkit=" + toolkit + "\ntargets=" + targets + "\n");
  }

  @Test
  void kernelsOfANewerToolkitThanTheDriverAreRefusedBeforeTheyAreLoaded() throws IOException {
    builtWith("13.0.88", "75,90");
    Throws.naming(
        UnsupportedOperationException.class,
        () -> new KernelModule(device),
        "CUDA 13.0.88",
        "driver 580 or later");
    builtWith("12.9.41", "75,90");
    new KernelModule(device);
  }

  /** The driver may compile for half a minute, in which garbage is to be collected. */
  @Test
  void garbageIsCollectedWhileTheDriverCompiles() throws Exception {
    CudaEmulator.setLoadingMillis(2000);
    CompletableFuture<KernelModule> loading =
        CompletableFuture.supplyAsync(
            () -> {
              device.bind();
              return new KernelModule(device);
            });
    Thread.sleep(500);
    WeakReference<Object> garbage = new WeakReference<>(new Object());
    System.gc();
    boolean collected = garbage.get() == null;
    boolean inTime = !loading.isDone();
    loading.get();
    assertTrue(collected && inTime, "collected " + collected + ", before it ended " + inTime);
  }

  @Test
  void whatTheKernelsWereBuiltWithIsAmongTheDetails() throws IOException {
    builtWith("12.8.93", "75,120");
    assertEquals(
        "kernels built with CUDA 12.8.93 for compute capability 7.5, 12.0, on driver 525 or later",
        new CudaBackendProvider().details().get(0));
  }
}
