package hgn.backend.jvm;

import static org.junit.jupiter.api.Assertions.assertEquals;

import hgn.tensor.HostMemory;
import hgn.testing.Throws;
import java.lang.management.BufferPoolMXBean;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class DirectMemoryTest {
  private static long directBytes() {
    return ManagementFactory.getPlatformMXBeans(BufferPoolMXBean.class).stream()
        .filter(pool -> pool.getName().equals("direct"))
        .mapToLong(BufferPoolMXBean::getMemoryUsed)
        .sum();
  }

  @Test
  void isFreedWhenToldSo() {
    long before = directBytes();
    List<HostMemory> blocks = new ArrayList<>();
    for (int i = 0; i < 8; i++) {
      blocks.add(DirectMemory.allocate(1 << 20));
    }
    assertEquals(8 * ((1 << 20) + 64), directBytes() - before);
    blocks.forEach(HostMemory::free);
    assertEquals(before, directBytes());
  }

  @Test
  void startsAtACacheLine() {
    for (int bytes : new int[] {1, 100, 256, 4096}) {
      ByteBuffer[] given = new ByteBuffer[1];
      HostMemory memory =
          DirectMemory.allocate(bytes, size -> given[0] = ByteBuffer.allocateDirect(size));
      assertEquals(bytes, memory.bytes());
      int start = (64 - given[0].alignmentOffset(0, 64)) % 64;
      if (bytes >= 4) {
        memory.floats().put(0, 1.5f);
        assertEquals(1.5f, given[0].order(ByteOrder.nativeOrder()).getFloat(start));
      }
      memory.free();
    }
  }

  @Test
  void aRefusalNamesTheSizeAndTheRemedy() {
    Throws.naming(
        OutOfMemoryError.class,
        () ->
            DirectMemory.allocate(
                123456,
                size -> {
                  throw new OutOfMemoryError("full");
                }),
        "[memory]",
        "123456 bytes",
        "-XX:MaxDirectMemorySize");
    Throws.naming(
        IllegalArgumentException.class,
        () -> DirectMemory.allocate(1L << 31),
        "[memory]",
        "2147483648 bytes",
        "smaller batch");
  }
}
