package hgn.backend.cuda;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import jcuda.Pointer;

/**
 * Factors that cuBLAS and cuDNN read from the host. They lie outside of the heap: a Java array
 * would be pinned during the call, the first of which loads kernels, and no garbage collected
 * meanwhile.
 */
final class HostScalars {
  static final Pointer ONE = of(1);
  static final Pointer ZERO = of(0);

  private HostScalars() {}

  private static Pointer of(float value) {
    ByteBuffer memory = ByteBuffer.allocateDirect(Float.BYTES).order(ByteOrder.nativeOrder());
    return Pointer.to(memory.putFloat(0, value));
  }
}
