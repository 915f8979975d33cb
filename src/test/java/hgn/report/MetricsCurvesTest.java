package hgn.report;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;

import hgn.files.StorageException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MetricsCurvesTest {
  @TempDir Path folder;

  @Test
  void eachMetricHasTheStepsAtWhichItWasLogged() throws IOException {
    Path file =
        Files.writeString(
            folder.resolve("metrics.jsonl"),
            """
            {"step":10,"loss":2.0,"mse":0.5,"other":1}
            {"step":20,"loss":"NaN","mse":0.25}
            {"step":20,"validation_mse":0.75}
            {"step":30,"lo""");
    List<Curve> curves = MetricsCurves.read(file);
    assertEquals(List.of("loss", "MSE of a pixel"), curves.stream().map(Curve::name).toList());
    assertArrayEquals(new double[] {10, 20}, curves.get(0).steps());
    assertArrayEquals(new double[] {2, Double.NaN}, curves.get(0).values());
    assertNull(curves.get(0).beside());
    assertArrayEquals(new double[] {20}, curves.get(1).beside().steps());
    assertArrayEquals(new double[] {0.75}, curves.get(1).beside().values());
  }

  @Test
  void oneMetricIsReadAgainstAnother() throws IOException {
    Path file =
        Files.writeString(
            folder.resolve("times.jsonl"),
            """
            {"step":10,"validation_mse":0.5,"seconds":1.5}
            {"step":20,"validation_mse":0.25}
            {"step":30,"seconds":2.5}
            {"step":40,"validation_mse":0.125,"seconds":4}
            """);
    Curve curve = MetricsCurves.read(file, "run", "seconds", "validation_mse").orElseThrow();
    assertEquals("run", curve.name());
    assertArrayEquals(new double[] {1.5, 4}, curve.steps());
    assertArrayEquals(new double[] {0.5, 0.125}, curve.values());
    assertEquals(Optional.empty(), MetricsCurves.read(file, "run", "seconds", "kl"));
  }

  @Test
  void aMissingFileIsNamed() {
    Path absent = folder.resolve("absent");
    String message =
        assertThrows(StorageException.class, () -> MetricsCurves.read(absent)).getMessage();
    assertEquals(
        "cannot read "
            + absent
            + ": no such file or folder; check the path and its permissions, or choose another"
            + " folder",
        message);
  }
}
