package hgn.backend.cuda;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import jcuda.Pointer;
import jcuda.driver.CUfunction;
import jcuda.driver.CUfunction_attribute;
import jcuda.driver.CUmodule;
import jcuda.driver.CUresult;
import jcuda.driver.JCudaDriver;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The kernels of {@code kernels/}, by name. Thread-safe. */
final class KernelModule {
  private static final Logger LOG = LoggerFactory.getLogger(KernelModule.class);

  /** System property that names a file of kernels to use instead of the built-in ones. */
  static final String PROPERTY = "hgn.cuda.kernels";

  private static final String RESOURCE = "/kernels/hgn.fatbin";

  /** Dynamic shared memory that a kernel may use without opting in to more, in bytes. */
  private static final int ORDINARY_SHARED_BYTES = 48 << 10;

  private final Device device;
  private final CUmodule module = new CUmodule();
  private final Map<String, Kernel> kernels = new HashMap<>();
  private final Arguments arguments = new Arguments();

  /**
   * A function of the module, and the largest shared memory size that it has been allowed so far.
   */
  private static final class Kernel {
    final CUfunction function = new CUfunction();
    int sharedBytes = ORDINARY_SHARED_BYTES;
  }

  /**
   * Loads the kernels to the device.
   *
   * @throws UnsupportedOperationException if this build has no kernels, or none for this device
   */
  KernelModule(Device device) {
    this.device = device;
    Optional<KernelBuild> build = KernelBuild.ofThisProgram();
    build.ifPresent(known -> known.requireDriver(device.driverVersion(), device.capability()));
    if (build.isPresent() && build.get().mustCompile(device.capability())) {
      LOG.warn(
          "the driver compiles the kernels for {}, unless it still has them from before, which may"
              + " take a minute; built with -Dcuda.targets={} they load at once",
          device.name(),
          device.capability());
    }
    int code =
        JCudaDriver.cuModuleLoadDataEx(module, Pointer.to(image()), 0, new int[0], new Pointer());
    if (code != CUresult.CUDA_SUCCESS) {
      throw new UnsupportedOperationException(
          "the kernels do not load on "
              + device.name()
              + ": "
              + CUresult.stringFor(code)
              + "; update the NVIDIA driver, or build with a CUDA toolkit of the driver's version");
    }
  }

  /**
   * The compiled kernels, followed by a zero, since some formats are text. They lie outside of the
   * heap: a Java array would be pinned while the driver compiles, and no garbage collected.
   */
  private static ByteBuffer image() {
    String path = System.getProperty(PROPERTY);
    try (InputStream file =
        path == null
            ? KernelModule.class.getResourceAsStream(RESOURCE)
            : Files.newInputStream(Path.of(path))) {
      if (file == null) {
        throw new UnsupportedOperationException(
            "this build has no CUDA kernels; build it where nvcc is on the PATH");
      }
      byte[] image = file.readAllBytes();
      return ByteBuffer.allocateDirect(image.length + 1).put(image).rewind();
    } catch (IOException failure) {
      throw new UnsupportedOperationException(
          "the kernels cannot be read from " + (path == null ? RESOURCE : path), failure);
    }
  }

  /**
   * Queues a kernel.
   *
   * @param op the operation that it is part of, for messages
   * @param name the kernel's name
   * @param grid how many threads run it
   * @param values its arguments, see {@link Arguments#pack}
   * @throws hgn.tensor.DeviceException if it cannot be launched, or an earlier one failed
   */
  synchronized void launch(String op, String name, Grid grid, Object... values) {
    device.bind();
    Kernel kernel = kernels.computeIfAbsent(name, this::find);
    if (grid.sharedBytes() > kernel.sharedBytes) {
      allowShared(op, name, kernel, grid.sharedBytes());
    }
    Status.checkLaunch(
        op,
        name,
        JCudaDriver.cuLaunchKernel(
            kernel.function,
            Math.toIntExact(grid.blocks()),
            1,
            1,
            grid.width(),
            grid.height(),
            1,
            grid.sharedBytes(),
            device.stream(),
            arguments.pack(values),
            null));
    Status.launched(op, name);
    if (Boolean.getBoolean(Status.WAIT) && !device.isRecording()) {
      Status.checkFault(op, name, JCudaDriver.cuStreamSynchronize(device.stream()));
    }
  }

  /** Whether there is a kernel of this name for the device. */
  synchronized boolean has(String name) {
    device.bind();
    int code = JCudaDriver.cuModuleGetFunction(new CUfunction(), module, name);
    if (code == CUresult.CUDA_ERROR_NOT_FOUND) {
      return false;
    }
    Status.check("cuModuleGetFunction of kernel '" + name + "'", code);
    return true;
  }

  private Kernel find(String name) {
    Kernel kernel = new Kernel();
    Status.check(
        "cuModuleGetFunction of kernel '" + name + "'",
        JCudaDriver.cuModuleGetFunction(kernel.function, module, name));
    return kernel;
  }

  private static void allowShared(String op, String name, Kernel kernel, int bytes) {
    Status.checkLaunch(
        op,
        name,
        JCudaDriver.cuFuncSetAttribute(
            kernel.function,
            CUfunction_attribute.CU_FUNC_ATTRIBUTE_MAX_DYNAMIC_SHARED_SIZE_BYTES,
            bytes));
    kernel.sharedBytes = bytes;
  }
}
