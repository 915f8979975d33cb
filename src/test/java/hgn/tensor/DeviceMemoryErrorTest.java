package hgn.tensor;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

class DeviceMemoryErrorTest {
  private static final long MIB = 1 << 20;

  @Test
  void itSaysWhatWasAskedForAndWhatIsFree() {
    assertEquals(
        "out of memory on card: 301 MiB asked for, 100 MiB of 1000 MiB free; lower train.batch or"
            + " train.frames-at-once, or end what else uses the device",
        new DeviceMemoryError("card", 300 * MIB + 1, 100 * MIB, 1000 * MIB).getMessage());
  }

  @Test
  void noLargerBatchCanFitThanMemoryOverNeedAllows() {
    DeviceMemoryError error = new DeviceMemoryError("card", 600 * MIB, 100 * MIB, 1000 * MIB);
    assertEquals(42, error.mostOf(64), "64 needed 1500 MiB or more, there are 1000");
    assertEquals(1, error.mostOf(1));
    DeviceMemoryError scattered = new DeviceMemoryError("card", 50 * MIB, 100 * MIB, 1000 * MIB);
    assertEquals(63, scattered.mostOf(64), "64 did not fit, whatever seems to be free");
  }
}
