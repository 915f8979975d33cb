package hgn.backend.cuda;

import hgn.tensor.DeviceMemoryError;
import hgn.tensor.DeviceNotFoundException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import jcuda.driver.CUcontext;
import jcuda.driver.CUdevice;
import jcuda.driver.CUdevice_attribute;
import jcuda.driver.CUresult;
import jcuda.driver.CUstream;
import jcuda.driver.CUstream_flags;
import jcuda.driver.CUuuid;
import jcuda.driver.JCudaDriver;

/** A GPU: its context, the one stream that all work is queued on, and its memory. */
final class Device {
  /** CUDA 12.0 as the driver counts. */
  private static final int MIN_VERSION = 12000;

  private static final int MIN_CAPABILITY = 75;

  /** Least compute capability, times ten, with tensor units for bfloat16. */
  private static final int BFLOAT16_CAPABILITY = 80;

  private final CUdevice device = new CUdevice();
  private final CUcontext context = new CUcontext();
  private final Queue stream = new Queue();
  private final String name;
  private final int capability;
  private final int multiprocessors;
  private final ThreadLocal<Boolean> bound = new ThreadLocal<>();
  private boolean recording;

  /** A stream whose address others may know. */
  private static final class Queue extends CUstream {
    long address() {
      return getNativePointer();
    }
  }

  /**
   * Opens a device; the driver must have been loaded.
   *
   * @param ordinal its number among the visible ones
   * @throws DeviceNotFoundException if the driver finds no device
   * @throws UnsupportedOperationException if driver or device is too old, or the device is taken
   */
  Device(int ordinal) {
    initialise();
    require("cuDeviceGet", JCudaDriver.cuDeviceGet(device, ordinal));
    byte[] text = new byte[256];
    require("cuDeviceGetName", JCudaDriver.cuDeviceGetName(text, text.length, device));
    name = new String(text, StandardCharsets.UTF_8).split("\0", 2)[0].strip();
    capability =
        10 * attribute(CUdevice_attribute.CU_DEVICE_ATTRIBUTE_COMPUTE_CAPABILITY_MAJOR)
            + attribute(CUdevice_attribute.CU_DEVICE_ATTRIBUTE_COMPUTE_CAPABILITY_MINOR);
    multiprocessors = attribute(CUdevice_attribute.CU_DEVICE_ATTRIBUTE_MULTIPROCESSOR_COUNT);
    requireCapability(
        name, capability, MIN_CAPABILITY, "; use a GPU of the Turing generation or later");
    require("cuDevicePrimaryCtxRetain", JCudaDriver.cuDevicePrimaryCtxRetain(context, device));
    bind();
    require(
        "cuStreamCreate",
        JCudaDriver.cuStreamCreate(stream, CUstream_flags.CU_STREAM_NON_BLOCKING));
  }

  /**
   * Identities of the devices that this process may use, in order, alike in all processes; the
   * driver must have been loaded.
   *
   * @throws DeviceNotFoundException if there are none
   */
  static List<String> identities() {
    int count = initialise();
    List<String> all = new ArrayList<>();
    for (int ordinal = 0; ordinal < count; ordinal++) {
      CUdevice device = new CUdevice();
      CUuuid identity = new CUuuid();
      require("cuDeviceGet", JCudaDriver.cuDeviceGet(device, ordinal));
      require("cuDeviceGetUuid", JCudaDriver.cuDeviceGetUuid(identity, device));
      all.add(HexFormat.of().formatHex(identity.bytes));
    }
    return all;
  }

  /** Returns the number of devices. */
  private static int initialise() {
    int[] version = new int[1];
    JCudaDriver.cuDriverGetVersion(version);
    requireVersion(version[0]);
    int code = JCudaDriver.cuInit(0);
    int[] count = new int[1];
    if (code == CUresult.CUDA_SUCCESS) {
      code = JCudaDriver.cuDeviceGetCount(count);
    }
    requireDevice(code, count[0]);
    return count[0];
  }

  /** Checks the driver's version, given as 12000 for 12.0. */
  static void requireVersion(int version) {
    if (version < MIN_VERSION) {
      throw new UnsupportedOperationException(
          "the NVIDIA driver is too old: it supports CUDA "
              + Drivers.dotted(version)
              + ", at least "
              + Drivers.dotted(MIN_VERSION)
              + " is needed; install driver "
              + Drivers.withCuda(MIN_VERSION));
    }
  }

  /** Checks the status of the driver's initialisation and the number of GPUs. */
  static void requireDevice(int code, int count) {
    if (code == CUresult.CUDA_ERROR_NO_DEVICE || (code == CUresult.CUDA_SUCCESS && count == 0)) {
      throw new DeviceNotFoundException(
          "the NVIDIA driver finds no GPU; check nvidia-smi and CUDA_VISIBLE_DEVICES");
    }
    require("cuInit", code);
  }

  /** Checks that the tensor units of this device multiply bfloat16. */
  void requireBfloat16() {
    requireBfloat16(name, capability);
  }

  /** Checks that a device's tensor units multiply bfloat16. */
  static void requireBfloat16(String name, int capability) {
    requireCapability(
        name, capability, BFLOAT16_CAPABILITY, " for bf16; set engine.precision to tf32 or fp32");
  }

  private static void requireCapability(String name, int capability, int least, String remedy) {
    if (capability < least) {
      throw new UnsupportedOperationException(
          name
              + " has compute capability "
              + dotted(capability)
              + ", at least "
              + dotted(least)
              + " is needed"
              + remedy);
    }
  }

  /** Formats a compute capability times ten. */
  private static String dotted(int capability) {
    return capability / 10 + "." + capability % 10;
  }

  private static void require(String call, int code) {
    if (code != CUresult.CUDA_SUCCESS) {
      throw new UnsupportedOperationException(
          "the GPU cannot be used: "
              + call
              + " gave "
              + CUresult.stringFor(code)
              + "; check nvidia-smi, and whether others hold the GPU");
    }
  }

  /** Returns the value of a {@link CUdevice_attribute}. */
  int attribute(int key) {
    int[] value = new int[1];
    require("cuDeviceGetAttribute", JCudaDriver.cuDeviceGetAttribute(value, key, device));
    return value[0];
  }

  /** CUDA version that the driver supports, as 12060 for 12.6. */
  int driverVersion() {
    int[] version = new int[1];
    Status.check("cuDriverGetVersion", JCudaDriver.cuDriverGetVersion(version));
    return version[0];
  }

  /** Makes the device's context current on this thread; every driver call needs it. */
  void bind() {
    if (bound.get() == null) {
      Status.check("cuCtxSetCurrent", JCudaDriver.cuCtxSetCurrent(context));
      bound.set(true);
    }
  }

  /** The stream that all work is queued on. */
  CUstream stream() {
    return stream;
  }

  /** Address of the stream, for libraries that queue work on it. */
  long streamAddress() {
    return stream.address();
  }

  /** Whether all queued work is done. */
  boolean isIdle() {
    bind();
    requireNotRecording("asking whether the device is idle");
    int code = JCudaDriver.cuStreamQuery(stream);
    if (code == CUresult.CUDA_ERROR_NOT_READY) {
      return false;
    }
    Status.check("cuStreamQuery", code);
    return true;
  }

  /** Model name. */
  String name() {
    return name;
  }

  /** Compute capability times ten: 90 for 9.0. */
  int capability() {
    return capability;
  }

  /** Number of multiprocessors. */
  int multiprocessors() {
    return multiprocessors;
  }

  /** Most shared memory of a block, in bytes. */
  int sharedBytes() {
    return attribute(CUdevice_attribute.CU_DEVICE_ATTRIBUTE_MAX_SHARED_MEMORY_PER_BLOCK_OPTIN);
  }

  /** Free and total memory in bytes. */
  long[] memory() {
    bind();
    long[] free = new long[1];
    long[] total = new long[1];
    Status.check("cuMemGetInfo", JCudaDriver.cuMemGetInfo(free, total));
    return new long[] {free[0], total[0]};
  }

  /**
   * Allocates a block of memory.
   *
   * @throws DeviceMemoryError if there is no room
   */
  DeviceMemory allocate(long bytes) {
    bind();
    DevicePointer pointer = new DevicePointer();
    int code = JCudaDriver.cuMemAlloc(pointer, bytes);
    if (code == CUresult.CUDA_ERROR_OUT_OF_MEMORY) {
      long[] memory = memory();
      throw new DeviceMemoryError(name, bytes, memory[0], memory[1]);
    }
    Status.check("cuMemAlloc", code);
    return new DeviceMemory(this, pointer, bytes);
  }

  void free(DevicePointer pointer) {
    bind();
    if (!recording) {
      finish(); // queued work may still use it
    }
    Status.check("cuMemFree", JCudaDriver.cuMemFree(pointer));
  }

  /** Waits until all queued work is done. */
  void finish() {
    bind();
    requireNotRecording("waiting for the device");
    Status.check("cuStreamSynchronize", JCudaDriver.cuStreamSynchronize(stream));
  }

  /** Sets whether the stream is recording. */
  void recording(boolean on) {
    recording = on;
  }

  boolean isRecording() {
    return recording;
  }

  /**
   * Refuses an action that cannot be recorded.
   *
   * @param what the action, for the message
   * @throws IllegalStateException if the stream is recording
   */
  void requireNotRecording(String what) {
    if (recording) {
      throw new IllegalStateException(
          "[record] " + what + " within recorded work; do it before or after");
    }
  }
}
