package hgn.backend.cpu;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hgn.tensor.HostMemory;
import org.junit.jupiter.api.Test;

/** Blocks of native memory. */
class NativeMemoryTest {
  @Test
  void blocksOfAnySizeAreAlignedAndCanBeWrittenToTheEnd() {
    Setup.require();
    for (long bytes : new long[] {256, 4096, (2 << 20) - 256, 2 << 20, (5 << 20) + 256}) {
      HostMemory block = NativeMemory.allocate(bytes);
      assertEquals(bytes, block.bytes());
      assertEquals(0, block.address() % 64, "address of " + bytes + " bytes");
      int last = (int) (bytes / Float.BYTES) - 1;
      block.floats().put(0, 1.5f).put(last, 2.5f);
      assertEquals(1.5f, block.floats().get(0));
      assertEquals(2.5f, block.floats().get(last));
      block.free();
    }
  }

  @Test
  void aBlockBeyondABuffersLengthIsRefusedWithItsSize() {
    Setup.require();
    long bytes = 1L << 31;
    var refusal = assertThrows(IllegalArgumentException.class, () -> NativeMemory.allocate(bytes));
    assertTrue(refusal.getMessage().contains(Long.toString(bytes)), refusal.getMessage());
  }
}
