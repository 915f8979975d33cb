package hgn.run;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import hgn.files.StorageException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MetricsLogTest {
  @TempDir Path folder;

  @Test
  void linesAreThereAtOnce() throws IOException {
    Path file = folder.resolve("m.jsonl");
    try (MetricsLog log = MetricsLog.create(file)) {
      Map<String, Number> values = new LinkedHashMap<>();
      values.put("loss", 0.25);
      values.put("count", 3);
      values.put("bad", Double.NaN);
      log.append(10, values);
      assertEquals(
          "{\"step\":10,\"loss\":0.25,\"count\":3,\"bad\":\"NaN\"}\n", Files.readString(file));
    }
  }

  @ParameterizedTest
  @ValueSource(longs = {0, 1, 7, 8, 20, 99})
  void aResumedLogEndsInTheSameBytes(long checkpoint) throws IOException {
    Path whole = folder.resolve("whole.jsonl");
    try (MetricsLog log = MetricsLog.create(whole)) {
      write(log, 0);
    }
    Path stopped = folder.resolve("stopped.jsonl");
    Files.copy(whole, stopped);
    Files.writeString(stopped, "{\"step\":21,\"lo", StandardOpenOption.APPEND);
    try (MetricsLog log = MetricsLog.resume(stopped, checkpoint)) {
      write(log, checkpoint);
    }
    assertArrayEquals(Files.readAllBytes(whole), Files.readAllBytes(stopped));
  }

  private static void write(MetricsLog log, long after) {
    for (long step = after + 1; step <= 20; step++) {
      log.append(step, Map.of("loss", 1.0 / step));
    }
  }

  @Test
  void damagedLinesAreDropped() throws IOException {
    Path file = folder.resolve("m.jsonl");
    Files.writeString(file, "{\"step\":1}\n{\"step\":2}\nnonsense\n{\"step\":3}\n");
    MetricsLog.resume(file, 9).close();
    assertEquals("{\"step\":1}\n{\"step\":2}\n", Files.readString(file));
  }

  @Test
  void aMissingFileIsAnEmptyLog() throws IOException {
    Path file = folder.resolve("m.jsonl");
    try (MetricsLog log = MetricsLog.resume(file, 5)) {
      log.append(6, Map.of());
    }
    assertEquals("{\"step\":6}\n", Files.readString(file));
  }

  @Test
  void aFullDiskIsNamed() throws IOException {
    Path full = Path.of("/dev/full");
    assumeTrue(Files.exists(full), "no /dev/full here");
    Path file = Files.createSymbolicLink(folder.resolve("m.jsonl"), full);
    try (MetricsLog log = MetricsLog.create(file)) {
      String message =
          assertThrows(StorageException.class, () -> log.append(1, Map.of())).getMessage();
      assertTrue(message.startsWith("cannot write " + file + ": No space left"), message);
    } catch (StorageException closing) {
      assertTrue(closing.getMessage().contains(file.toString()));
    }
  }

  @Test
  void aMissingFolderIsNamed() {
    Path file = folder.resolve("absent").resolve("m.jsonl");
    String message =
        assertThrows(StorageException.class, () -> MetricsLog.create(file)).getMessage();
    assertTrue(message.startsWith("cannot write " + file), message);
  }
}
