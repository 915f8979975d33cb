package hgn.films.source;

import java.util.Arrays;

/**
 * Resizes frames to a square and converts channels: the central square ({@code crop}), or the whole
 * frame padded with black ({@code letterbox}). Resampling averages over areas.
 *
 * @param size height and width
 * @param channels 1 or 3; gray is 0.299 red + 0.587 green + 0.114 blue (ITU-R BT.601)
 * @param isLetterbox whether to keep whole frames
 */
public record FrameResizer(int size, int channels, boolean isLetterbox) {
  private static final float RED = 0.299f;
  private static final float GREEN = 0.587f;
  private static final float BLUE = 0.114f;

  /** Returns the resized frame, (size, size, channels); its own array if nothing changes. */
  public float[] apply(Frame frame) {
    Frame coloured = withChannels(frame);
    if (frame.width() == size && frame.height() == size) {
      return coloured.values();
    }
    int side =
        isLetterbox
            ? Math.max(frame.width(), frame.height())
            : Math.min(frame.width(), frame.height());
    float[] squeezed = rows(coloured, side);
    return columns(squeezed, frame.height(), side);
  }

  private Frame withChannels(Frame frame) {
    if (frame.channels() == channels) {
      return frame;
    }
    int pixels = frame.width() * frame.height();
    float[] from = frame.values();
    float[] values = new float[pixels * channels];
    for (int i = 0; i < pixels; i++) {
      if (channels == 1) {
        values[i] = RED * from[3 * i] + GREEN * from[3 * i + 1] + BLUE * from[3 * i + 2];
      } else {
        Arrays.fill(values, 3 * i, 3 * i + 3, from[i]);
      }
    }
    return new Frame(frame.width(), frame.height(), channels, values);
  }

  /** (height, width, channels) to (height, size, channels). */
  private float[] rows(Frame frame, int side) {
    Span[] spans = spans(frame.width(), side);
    float[] result = new float[frame.height() * size * channels];
    for (int i = 0; i < frame.height(); i++) {
      for (int j = 0; j < size; j++) {
        for (int c = 0; c < channels; c++) {
          int from = i * frame.width() * channels + c;
          result[(i * size + j) * channels + c] = spans[j].mean(frame.values(), from, channels);
        }
      }
    }
    return result;
  }

  /** (height, size, channels) to (size, size, channels). */
  private float[] columns(float[] values, int height, int side) {
    Span[] spans = spans(height, side);
    int row = size * channels;
    float[] result = new float[size * row];
    for (int i = 0; i < size; i++) {
      for (int k = 0; k < row; k++) {
        result[i * row + k] = spans[i].mean(values, k, row);
      }
    }
    return result;
  }

  /** The interval of a line of {@code length} that each pixel covers. */
  private Span[] spans(int length, int side) {
    double first = (length - side) / 2.0; // below 0 with black padding
    double step = (double) side / size;
    Span[] spans = new Span[size];
    for (int i = 0; i < size; i++) {
      spans[i] = Span.of(first + i * step, first + (i + 1) * step, length);
    }
    return spans;
  }

  /** Weights of adjacent pixels; they sum to 1 unless part of the interval lies outside. */
  private record Span(int first, float[] weights) {
    static Span of(double from, double to, int length) {
      int first = Math.max(0, (int) Math.floor(from));
      int end = Math.min(length, (int) Math.ceil(to));
      float[] weights = new float[Math.max(0, end - first)];
      for (int k = 0; k < weights.length; k++) {
        double covered = Math.min(to, first + k + 1.0) - Math.max(from, first + k);
        weights[k] = (float) (Math.max(0, covered) / (to - from));
      }
      return new Span(first, weights);
    }

    float mean(float[] values, int offset, int stride) {
      float sum = 0;
      for (int k = 0; k < weights.length; k++) {
        sum += weights[k] * values[offset + (first + k) * stride];
      }
      return sum;
    }
  }
}
