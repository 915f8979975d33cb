package hgn.tensorboard;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.Arrays;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

class HistogramBucketsTest {
  private static Map<Integer, Object> fields(float... values) throws IOException {
    return ReadEvent.fields(new HistogramBuckets().add(values).message().toBytes());
  }

  @Test
  void everyNumberIsInTheBucketBelowItsLimit() throws IOException {
    Random random = new Random(3);
    float[] values = new float[2000];
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) (random.nextGaussian() * Math.pow(10, random.nextInt(30) - 18));
    }
    Map<Integer, Object> fields = fields(values);
    double[] limits = ReadEvent.doubles(fields.get(6));
    double[] counts = ReadEvent.doubles(fields.get(7));
    double below = Double.NEGATIVE_INFINITY;
    for (int i = 0; i < limits.length; i++) {
      double from = below;
      double to = limits[i];
      assertTrue(from < to, "limits ascend");
      long expected = count(values, from, to);
      assertEquals(expected, counts[i], "between " + from + " and " + to);
      below = to;
    }
    assertEquals(values.length, Arrays.stream(counts).sum());
    assertEquals(values.length, (Double) fields.get(3));
  }

  private static long count(float[] values, double from, double to) {
    long count = 0;
    for (float value : values) {
      count += value >= from && value < to ? 1 : 0;
    }
    return count;
  }

  @Test
  void momentsAreThoseOfAllFiniteNumbers() throws IOException {
    Map<Integer, Object> fields =
        fields(1, -3, Float.NaN, 0.5f, Float.POSITIVE_INFINITY, Float.NEGATIVE_INFINITY);
    double[] moments = new double[5];
    Arrays.setAll(moments, i -> (Double) fields.get(i + 1));
    assertArrayEquals(new double[] {-3, 1, 3, -1.5, 10.25}, moments);
  }

  @Test
  void oneBucketOfTheWidthOfATenthHoldsAConstant() throws IOException {
    Map<Integer, Object> fields = fields(2, 2, 2);
    double[] limits = ReadEvent.doubles(fields.get(6));
    assertArrayEquals(new double[] {0, 3}, ReadEvent.doubles(fields.get(7)));
    assertTrue(limits[0] <= 2 && limits[1] > 2, Arrays.toString(limits));
    assertEquals(1.1, limits[1] / limits[0], 1e-12);
  }

  @Test
  void theLargestFloatsHaveAPlace() throws IOException {
    Map<Integer, Object> fields = fields(Float.MAX_VALUE, -Float.MAX_VALUE);
    assertEquals(2, Arrays.stream(ReadEvent.doubles(fields.get(7))).sum());
  }

  @Test
  void ofNoNumbersThereIsAnEmptyHistogram() throws IOException {
    Map<Integer, Object> fields = fields(Float.NaN);
    for (int field = 1; field <= 5; field++) {
      assertEquals(0.0, fields.get(field), "field " + field);
    }
    assertEquals(0, Arrays.stream(ReadEvent.doubles(fields.get(7))).sum());
  }
}
