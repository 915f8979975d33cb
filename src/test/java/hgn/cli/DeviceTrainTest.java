package hgn.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hgn.cli.console.ExitCode;
import hgn.run.Checkpoint;
import hgn.tensor.Backends;
import hgn.testing.Console;
import hgn.testing.backends.CudaEmulator;
import java.nio.file.Path;
import java.util.List;
import jcuda.driver.CUresult;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Training on an emulated device that fails. */
class DeviceTrainTest {
  @TempDir Path folder;
  private final Console console = new Console();
  private long memory;

  @BeforeEach
  void install() {
    CudaEmulator.install();
    Backends.get("cuda").pool().trim();
    memory = CudaEmulator.totalMemory();
  }

  @AfterEach
  void recover() {
    CudaEmulator.recover();
    CudaEmulator.setTotalMemory(memory);
  }

  private String[] train(String name, String... settings) {
    return Console.train(
        List.of(settings), "--runs", folder.toString(), "--name", name, "--device", "cuda");
  }

  @Test
  void aBatchThatDoesNotFitIsOneLineWithTheLargestThatCan() {
    CudaEmulator.setTotalMemory(memory / 32);
    String line = console.fail(ExitCode.FAILURE, train("large", "train.batch=64"));
    assertTrue(line.startsWith("hgn4j: out of memory on Emulated CUDA device: "), line);
    assertTrue(line.matches(".* MiB asked for, \\d+ MiB of \\d+ MiB free; .*"), line);
    assertTrue(line.matches(".*; of the batch of 64 at most \\d+ can fit"), line);
  }

  @Test
  void aDeviceThatIsLostLeavesACheckpointThatTheHostGoesOnFrom() {
    CudaEmulator.failLaunchAfter(400, CUresult.CUDA_ERROR_ECC_UNCORRECTABLE);
    String line = console.fail(ExitCode.FAILURE, train("lost", "train.steps=2"));
    Path run = folder.resolve("lost");
    Path last = run.resolve("checkpoints/last.safetensors");
    assertTrue(line.startsWith("hgn4j: [cuda] the device is lost: "), line);
    assertTrue(line.contains("the last checkpoint, of step 0, is " + last), line);
    assertTrue(line.endsWith("train --resume " + run + " --device cpu"), line);
    console.succeed("train", "--resume", run.toString(), "--device", "auto");
    assertEquals(2, Checkpoint.position(last).steps());
  }
}
