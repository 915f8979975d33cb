package hgn.films.source;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

/** Frames are resized by area averaging. */
class FrameResizerTest {
  private static Frame frame(int width, int height, int channels) {
    float[] values = new float[width * height * channels];
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) (0.5 + 0.5 * Math.sin(i * 12.9898));
    }
    return new Frame(width, height, channels, values);
  }

  private static double mean(float[] values) {
    double sum = 0;
    for (float value : values) {
      sum += value;
    }
    return sum / values.length;
  }

  /** Light is conserved: the mean of a square frame does not depend on the size. */
  @Property(tries = 100)
  void theMeanStays(
      @ForAll @IntRange(min = 1, max = 50) int side,
      @ForAll @IntRange(min = 1, max = 40) int size) {
    Frame frame = frame(side, side, 3);
    assertEquals(mean(frame.values()), mean(new FrameResizer(size, 3, false).apply(frame)), 1e-5);
  }

  /** A frame padded with black also keeps its light, over a larger area. */
  @Property(tries = 100)
  void lettersKeepAll(
      @ForAll @IntRange(min = 1, max = 50) int width,
      @ForAll @IntRange(min = 1, max = 50) int height) {
    Frame frame = frame(width, height, 1);
    int side = Math.max(width, height);
    double share = (double) width * height / side / side;
    assertEquals(
        share * mean(frame.values()), mean(new FrameResizer(16, 1, true).apply(frame)), 1e-5);
  }

  @Test
  void whatFitsStaysAsItIs() {
    Frame frame = frame(32, 32, 3);
    assertSame(frame.values(), new FrameResizer(32, 3, false).apply(frame));
  }

  @Test
  void halvingIsTheMeanOfFour() {
    Frame frame = new Frame(4, 2, 1, new float[] {0, 0.2f, 0.4f, 1, 0.6f, 0.8f, 0, 0.2f});
    assertArrayEquals(
        new float[] {0.35f},
        new FrameResizer(1, 1, false).apply(frame),
        1e-6f,
        "the middle square");
    float[] letters = new FrameResizer(2, 1, true).apply(frame);
    assertArrayEquals(
        new float[] {0.05f, 0.35f, 0.35f, 0.05f}, letters, 1e-6f, "half of it is black");
  }

  @Test
  void coloursBecomeGrayAndGrayColours() {
    Frame red = new Frame(1, 1, 3, new float[] {1, 0, 0.5f});
    assertEquals(0.299f + 0.5f * 0.114f, new FrameResizer(1, 1, false).apply(red)[0], 1e-6f);
    Frame gray = new Frame(1, 1, 1, new float[] {0.3f});
    float[] coloured = new FrameResizer(1, 3, false).apply(gray);
    assertArrayEquals(new float[] {0.3f, 0.3f, 0.3f}, coloured);
  }
}
