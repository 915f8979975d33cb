package hgn.train;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import hgn.loss.LatentTerm;
import hgn.predict.Estimate;
import hgn.run.MetricsLog;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Late losses are reported late, with their own step, and are never lost. */
class LossReportsTest {
  private static final long TOTAL = 9;

  @TempDir private Path folder;
  private MetricsLog metrics;
  private LossReports reports;
  private final List<String> told = new ArrayList<>();

  /** Losses whose arrival the test controls. */
  private static final class Late implements PendingLosses {
    private final double loss;
    private boolean here;

    Late(double loss) {
      this.loss = loss;
    }

    @Override
    public boolean haveArrived() {
      return here;
    }

    @Override
    public TrainingStep.Losses losses() {
      if (Double.isNaN(loss)) {
        throw new NonFiniteException(3, "loss", loss);
      }
      return new TrainingStep.Losses(loss, 0, 0, 0, 0);
    }
  }

  @BeforeEach
  void open() {
    metrics = MetricsLog.create(folder.resolve("metrics.jsonl"));
    TrainingListener listener =
        new TrainingListener() {
          @Override
          public void stepped(long done, long total, TrainingStep.Losses losses) {
            assertEquals(TOTAL, total);
            told.add(done + ":" + losses.loss());
          }

          @Override
          public void evaluated(long done, Estimate test, boolean best) {
            throw new AssertionError("nothing was evaluated");
          }
        };
    reports = new LossReports(listener, metrics, LatentTerm.DIVERGENCE, TOTAL);
  }

  @AfterEach
  void close() {
    metrics.close();
  }

  private List<String> logged() throws IOException {
    return Files.readAllLines(folder.resolve("metrics.jsonl"));
  }

  @Test
  void whatHasNotArrivedWaitsForTheNext() throws IOException {
    Late first = new Late(1);
    reports.poll();
    reports.expect(2, true, first);
    reports.poll();
    assertEquals(List.of(), told);
    first.here = true;
    reports.poll();
    assertEquals(List.of("2:1.0"), told);
    reports.poll();
    reports.expect(4, false, new Late(2));
    reports.poll();
    reports.expect(6, true, new Late(3)); // the one before is due now
    assertEquals(List.of("2:1.0", "4:2.0"), told);
    reports.finish();
    reports.finish();
    assertEquals(List.of("2:1.0", "4:2.0", "6:3.0"), told);
    assertEquals(2, logged().size(), "4 was for the listener alone");
    assertEquals(
        "{\"step\":6,\"loss\":3.0,\"mse\":0.0,\"kl\":0.0,\"lambda\":0.0,\"gradient_norm\":0.0}",
        logged().get(1));
  }

  @Test
  void aStepThatIsNotFiniteIsNoReportButThrows() throws IOException {
    reports.expect(4, true, new Late(Double.NaN));
    reports.poll();
    assertThrows(NonFiniteException.class, () -> reports.expect(6, true, new Late(1)));
    assertEquals(List.of(), told);
    assertEquals(List.of(), logged());
  }
}
