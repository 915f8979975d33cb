package hgn.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EvaluationTimesTest {
  @TempDir Path folder;

  @Test
  void theTimeGoesOnWhereARunIsResumed() throws IOException {
    Path file = folder.resolve("times.jsonl");
    Files.writeString(
        file,
        """
        {"step":10,"validation_mse":0.5,"seconds":100.0}
        {"step":20,"validation_mse":0.3,"seconds":200.0}
        {"step":30,"validation_mse":0.2,"seconds":300.0}
        """);
    try (EvaluationTimes times = EvaluationTimes.after(20, file)) {
      times.note(30, 0.25);
    }
    assertEquals(3, Files.readAllLines(file).size(), "the line of step 30 is written anew");
    double last = EvaluationTimes.total(file).orElseThrow();
    assertTrue(last >= 200 && last < 260, "it was " + last);
    assertEquals(OptionalDouble.of(200), EvaluationTimes.until(0.3, file));
    assertEquals(last, EvaluationTimes.until(0.29, file).orElseThrow());
    assertEquals(OptionalDouble.empty(), EvaluationTimes.until(0.1, file));
  }

  @Test
  void withoutAFileNothingIsKnown() {
    Path absent = folder.resolve("absent");
    assertEquals(OptionalDouble.empty(), EvaluationTimes.until(1, absent));
    assertEquals(OptionalDouble.empty(), EvaluationTimes.total(absent));
  }
}
