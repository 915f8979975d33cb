package hgn.floor;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;

class FloorReportTest {
  private static final FloorEstimate STILL = new FloorEstimate(50, 1, 3);
  private static final StaticBaselines STILLS = new StaticBaselines(STILL, STILL, STILL);

  @Test
  void aFilmWithTooFewMotionsIsNamedAndNotAveraged() {
    FloorReport report =
        FloorReport.of(
            List.of(
                new FilmErrorBounds(1, 2, 3, 4, 400, true),
                new FilmErrorBounds(3, 900, 900, 900, 7, false),
                new FilmErrorBounds(5, 4, 5, 6, 200, true)),
            STILLS);
    assertEquals(List.of(new FloorReport.Thin(1, 7)), report.thin());
    assertEquals(3, report.noise().mean());
    assertEquals(3, report.bayes().mean());
    assertEquals(1.96 * Math.sqrt(2.0 / 2), report.bayes().interval(), 1e-12);
    assertEquals(2, report.single().films());
    assertEquals(5, report.sample().mean());
    assertEquals(0.5, report.excess(26.5));
  }

  @Test
  void withoutAnyFilmThereIsNoNumber() {
    FloorReport report = FloorReport.of(List.of(new FilmErrorBounds(1, 2, 3, 4, 5, false)), STILLS);
    assertTrue(Double.isNaN(report.bayes().mean()));
    assertEquals(0, report.bayes().films());
    assertEquals(1, report.noise().films());
  }
}
