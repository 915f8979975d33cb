package hgn.backend.cuda;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hgn.testing.Throws;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Which drivers and chips compiled kernels run on. */
class KernelBuildTest {
  private static final KernelBuild TWELVE = new KernelBuild("12.9.41", List.of(75, 80, 86, 90));
  private static final KernelBuild THIRTEEN = new KernelBuild("13.0.88", List.of(75, 120));

  @Test
  void codeForAChipRunsOnLaterOnesOfItsGeneration() {
    for (int capability : new int[] {75, 80, 86, 87, 89, 90}) {
      assertFalse(TWELVE.mustCompile(capability), capability + "");
    }
    assertTrue(TWELVE.mustCompile(100));
    assertTrue(TWELVE.mustCompile(120));
    assertFalse(THIRTEEN.mustCompile(121));
    assertTrue(THIRTEEN.mustCompile(90));
  }

  @Test
  void aDriverOfTheSameMajorVersionLoadsButDoesNotCompile() {
    assertEquals(12000, TWELVE.leastVersion(90));
    assertEquals(12090, TWELVE.leastVersion(120));
    assertEquals(13000, THIRTEEN.leastVersion(75));
    TWELVE.requireDriver(12000, 90);
    THIRTEEN.requireDriver(13000, 75);
  }

  @Test
  void anOlderDriverIsRefusedWithBothVersionsAndTheRemedy() {
    Throws.naming(
        UnsupportedOperationException.class,
        () -> THIRTEEN.requireDriver(12060, 75),
        "CUDA 13.0.88",
        "CUDA 13.0,",
        "CUDA 12.6",
        "driver 580 or later",
        "12.8 or 12.9");
    Throws.naming(
        UnsupportedOperationException.class,
        () -> TWELVE.requireDriver(12080, 120),
        "CUDA 12.9",
        "CUDA 12.8",
        "driver 575 or later");
  }

  @Test
  void theToolkitAndTheLeastDriverAreTold() {
    assertEquals(
        "kernels built with CUDA 13.0.88 for compute capability 7.5, 12.0, on driver 580 or later",
        THIRTEEN.describe());
    assertTrue(TWELVE.describe().endsWith("on driver 525 or later"), TWELVE.describe());
  }
}
