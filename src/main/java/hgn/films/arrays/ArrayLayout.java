package hgn.films.arrays;

import hgn.files.StorageException;
import hgn.films.source.Frame;
import java.nio.file.Path;
import java.util.Arrays;

/**
 * The meaning of the axes of an array of films: (N,T,H,W,C), (N,T,C,H,W), (N,T,H,W), (T,H,W,C),
 * (T,C,H,W) or (T,H,W). A missing axis has index -1 and length 1.
 */
public record ArrayLayout(long[] shape, int film, int time, int row, int column, int channel) {
  private static final int NONE = -1;
  private static final int LARGEST_RANK = 5;

  /**
   * Infers the layout from the shape.
   *
   * @throws StorageException if the shape is not one of these, or the channel axis is ambiguous
   */
  public static ArrayLayout of(long[] shape, Path file) {
    ArrayLayout layout =
        switch (shape.length) {
          case 3 -> new ArrayLayout(shape, NONE, 0, 1, 2, NONE);
          case 4 -> ofFour(shape);
          case LARGEST_RANK -> ofFive(shape);
          default -> null;
        };
    if (layout == null) {
      throw new StorageException(
          file,
          "an array of shape " + Arrays.toString(shape) + " is not a film",
          "films are of (N,T,H,W,C), (N,T,H,W), (T,H,W,C) or (T,H,W), with 1 or 3 channels, which"
              + " may also come before H");
    }
    layout.requireSizes(file);
    return layout;
  }

  private static ArrayLayout ofFour(long[] shape) {
    if (areChannels(shape[3])) {
      return new ArrayLayout(shape, NONE, 0, 1, 2, 3);
    }
    return areChannels(shape[1])
        ? new ArrayLayout(shape, NONE, 0, 2, 3, 1)
        : new ArrayLayout(shape, 0, 1, 2, 3, NONE);
  }

  private static ArrayLayout ofFive(long[] shape) {
    if (areChannels(shape[4])) {
      return new ArrayLayout(shape, 0, 1, 2, 3, 4);
    }
    return areChannels(shape[2]) ? new ArrayLayout(shape, 0, 1, 3, 4, 2) : null;
  }

  private static boolean areChannels(long length) {
    return length == 1 || length == 3;
  }

  private void requireSizes(Path file) {
    boolean tooLarge = height() > Frame.LONGEST_SIDE || width() > Frame.LONGEST_SIDE;
    boolean tooMany = films() > Integer.MAX_VALUE || frames() > Integer.MAX_VALUE;
    for (long length : shape) {
      if (length < 1 || tooLarge || tooMany) {
        throw new StorageException(
            file,
            "an array of shape " + Arrays.toString(shape) + " is not a film",
            "every length must be at least 1, and a side at most " + Frame.LONGEST_SIDE);
      }
    }
  }

  private long length(int axis) {
    return axis == NONE ? 1 : shape[axis];
  }

  long films() {
    return length(film);
  }

  public long frames() {
    return length(time);
  }

  public int height() {
    return (int) length(row);
  }

  public int width() {
    return (int) length(column);
  }

  public int channels() {
    return (int) length(channel);
  }
}
