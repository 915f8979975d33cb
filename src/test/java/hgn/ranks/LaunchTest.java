package hgn.ranks;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class LaunchTest {
  @Test
  void eachLauncherIsRecognised() {
    Optional<Launch> third = Optional.of(new Launch(4, 2));
    assertEquals(
        third, Launch.of(Map.of("OMPI_COMM_WORLD_SIZE", "4", "OMPI_COMM_WORLD_RANK", "2")));
    assertEquals(third, Launch.of(Map.of("PMI_SIZE", "4", "PMI_RANK", "2")));
    assertEquals(third, Launch.of(Map.of("SLURM_STEP_NUM_TASKS", "4", "PMIX_RANK", "2")));
  }

  @Test
  void aProcessAloneIsNotLaunched() {
    assertEquals(Optional.empty(), Launch.of(Map.of("PATH", "/bin")));
    assertEquals(Optional.empty(), Launch.of(Map.of("PMI_SIZE", "1", "PMI_RANK", "0")));
    assertEquals(Optional.empty(), Launch.of(Map.of("SLURM_STEP_NUM_TASKS", "4")));
  }
}
