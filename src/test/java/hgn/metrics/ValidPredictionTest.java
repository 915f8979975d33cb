package hgn.metrics;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;

class ValidPredictionTest {
  /** Four frames of two pixels. */
  private static final float[] TRUTH = {1, 1, 1, 1, 1, 1, 1, 1};

  @Test
  void countsTheFramesBeforeTheFirstThatFails() {
    float[] predicted = {1, 1, 1.1f, 1.1f, 1.3f, 1, 1, 1};
    assertEquals(0.5, ValidPrediction.time(predicted, TRUTH, 4));
  }

  @Test
  void isOneForATrueFilmAndZeroWhereTheFirstFrameFails() {
    assertEquals(1, ValidPrediction.time(TRUTH, TRUTH, 4));
    assertEquals(0, ValidPrediction.time(new float[8], TRUTH, 4));
  }

  @Test
  void doesNotCountFramesThatAreNotNumbers() {
    float[] predicted = TRUTH.clone();
    predicted[6] = Float.NaN;
    assertEquals(0.75, ValidPrediction.time(predicted, TRUTH, 4));
  }

  @Test
  void isMeasuredAgainstEachFramesOwnBrightness() {
    float[] dim = {0.1f, 0.1f};
    assertEquals(0, ValidPrediction.time(new float[] {0.12f, 0.12f}, dim, 1));
  }

  @Test
  void refusesFilmsOfOtherLengths() {
    assertThrows(
        IllegalArgumentException.class, () -> ValidPrediction.time(TRUTH, new float[7], 4));
    assertThrows(IllegalArgumentException.class, () -> ValidPrediction.time(TRUTH, TRUTH, 3));
  }
}
