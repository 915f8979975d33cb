package hgn.backend.cuda;

import hgn.tensor.DeviceException;
import java.util.Set;
import jcuda.driver.CUresult;
import jcuda.driver.JCudaDriver;
import jcuda.jcublas.cublasStatus;
import jcuda.jcudnn.JCudnn;
import jcuda.jcudnn.cudnnStatus;

/** Turns status codes of the driver, cuBLAS and cuDNN into exceptions with one-line messages. */
final class Status {
  /** System property that makes every launch wait, so that a fault names its kernel. */
  static final String WAIT = "hgn.cuda.wait";

  /** Codes of a faulty kernel, after which the device is unusable in this process. */
  private static final Set<Integer> FAULTS =
      Set.of(
          CUresult.CUDA_ERROR_ILLEGAL_ADDRESS,
          CUresult.CUDA_ERROR_LAUNCH_TIMEOUT,
          CUresult.CUDA_ERROR_ASSERT,
          CUresult.CUDA_ERROR_HARDWARE_STACK_ERROR,
          CUresult.CUDA_ERROR_ILLEGAL_INSTRUCTION,
          CUresult.CUDA_ERROR_MISALIGNED_ADDRESS,
          CUresult.CUDA_ERROR_INVALID_ADDRESS_SPACE,
          CUresult.CUDA_ERROR_INVALID_PC,
          CUresult.CUDA_ERROR_LAUNCH_FAILED);

  /** Codes of a device that no longer responds. */
  private static final Set<Integer> LOSSES =
      Set.of(
          CUresult.CUDA_ERROR_DEINITIALIZED,
          CUresult.CUDA_ERROR_DEVICE_UNAVAILABLE,
          CUresult.CUDA_ERROR_NO_DEVICE,
          CUresult.CUDA_ERROR_INVALID_DEVICE,
          CUresult.CUDA_ERROR_ECC_UNCORRECTABLE,
          CUresult.CUDA_ERROR_NVLINK_UNCORRECTABLE,
          CUresult.CUDA_ERROR_CONTEXT_IS_DESTROYED,
          CUresult.CUDA_ERROR_SYSTEM_NOT_READY,
          CUresult.CUDA_ERROR_UNKNOWN);

  /** cuDNN 9's codes are in groups of a thousand. */
  private static final int STATUS_GROUP = 1000;

  private static final int UNSUPPORTED = 3;

  private static volatile String lastOp = "none";
  private static volatile String lastKernel = "none";

  private Status() {}

  /** Remembers the last launch, since a fault shows only at a later wait. */
  static void launched(String op, String kernel) {
    lastOp = op;
    lastKernel = kernel;
  }

  private static String describe(String op, String kernel) {
    return "kernel '" + kernel + "' of [" + op + "]";
  }

  /**
   * Checks what a call of the driver returned.
   *
   * @throws DeviceException if it failed
   */
  static void check(String call, int code) {
    if (code != CUresult.CUDA_SUCCESS) {
      throw failure(call, code);
    }
  }

  /** Checks what the launch of a kernel returned. */
  static void checkLaunch(String op, String kernel, int code) {
    if (code != CUresult.CUDA_SUCCESS) {
      throw FAULTS.contains(code) || LOSSES.contains(code)
          ? failure("cuLaunchKernel", code)
          : new DeviceException(
              "[cuda] "
                  + describe(op, kernel)
                  + " could not be launched: "
                  + CUresult.stringFor(code)
                  + "; use the 'cpu' backend and report this");
    }
  }

  /** Checks what a wait right after a kernel returned. */
  static void checkFault(String op, String kernel, int code) {
    if (code != CUresult.CUDA_SUCCESS) {
      throw new DeviceException(
          "[cuda] "
              + describe(op, kernel)
              + " failed: "
              + CUresult.stringFor(code)
              + "; use the 'cpu' backend and report this");
    }
  }

  private static DeviceException failure(String call, int code) {
    String name = CUresult.stringFor(code);
    if (FAULTS.contains(code)) {
      return new DeviceException(
          "[cuda] a kernel failed: "
              + name
              + "; the last one launched was "
              + describe(lastOp, lastKernel)
              + ", and it or an earlier one is at fault; run again with -D"
              + WAIT
              + "=true to have it named");
    }
    if (LOSSES.contains(code)) {
      return new DeviceException(
          "[cuda] the device is lost: "
              + name
              + " from "
              + call
              + "; end this program, and reset the GPU or restart the machine to use it again");
    }
    return new DeviceException("[cuda] " + call + " failed: " + name);
  }

  /** Checks what a call of cuBLAS returned. */
  static void checkBlas(String op, String call, int code) {
    if (code != cublasStatus.CUBLAS_STATUS_SUCCESS) {
      throw libraryFailure(op, call, cublasStatus.stringFor(code));
    }
  }

  /** Checks what a call of cuDNN returned. */
  static void checkDnn(String op, String call, int code) {
    if (code != cudnnStatus.CUDNN_STATUS_SUCCESS) {
      throw libraryFailure(op, call, JCudnn.cudnnGetErrorString(code));
    }
  }

  /**
   * Whether cuDNN says that it does not support what it was asked for: its codes from 3000 to 3999.
   */
  static boolean isUnsupported(int code) {
    return code / STATUS_GROUP == UNSUPPORTED;
  }

  /** Asks the driver whether the device failed earlier, which the library does not report. */
  private static DeviceException libraryFailure(String op, String call, String name) {
    int cause = JCudaDriver.cuCtxSynchronize();
    return FAULTS.contains(cause) || LOSSES.contains(cause)
        ? failure(call, cause)
        : new DeviceException(
            "["
                + op
                + "] "
                + call
                + " failed: "
                + name
                + "; use the 'cpu' backend and report this");
  }
}
