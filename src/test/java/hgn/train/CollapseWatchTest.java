package hgn.train;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class CollapseWatchTest {
  private static final double STILL = 0.006;

  private final List<String> said = new ArrayList<>();
  private final AtomicInteger asked = new AtomicInteger();
  private final CollapseWatch watch =
      new CollapseWatch(
          1000,
          "do this",
          () -> {
            asked.incrementAndGet();
            return STILL;
          },
          said::add);

  private void steps(int from, int to, int every, double mse, double nats) {
    for (int done = from; done <= to; done += every) {
      watch.stepped(done, 2000, new TrainingStep.Losses(0, mse, nats / 1000, 1, 1));
    }
  }

  @Test
  void aCollapseIsNamedOnceWithItsRemedy() {
    steps(1, 1500, 1, STILL, 0.01);
    assertEquals(1, said.size(), said.toString());
    assertTrue(said.get(0).startsWith("step 301: the posterior has collapsed: for 300 steps"));
    assertTrue(said.get(0).endsWith("; do this"), said.get(0));
    assertEquals(1, asked.get());
  }

  @Test
  void stepsThatReportSeldomSuffice() {
    steps(1, 1500, 50, 1.1 * STILL, 0);
    assertEquals(1, said.size());
  }

  @Test
  void aModelThatTellsFilmsApartHasNotCollapsed() {
    steps(1, 1500, 1, STILL, 3); // a plateau: it knows something and draws badly
    steps(1501, 1700, 1, STILL, 0.01); // too short
    steps(1701, 1702, 1, STILL, 1);
    assertEquals(0, asked.get());
    steps(1703, 3000, 1, 0.1 * STILL, 0.01); // it draws well all the same
    assertEquals(List.of(), said);
    assertEquals(1, asked.get(), "the still image is measured once");
  }

  @Test
  void aResumedTrainingCountsAnew() {
    steps(1, 250, 1, STILL, 0);
    watch.begins(250);
    steps(251, 500, 1, STILL, 0);
    assertEquals(List.of(), said);
  }
}
