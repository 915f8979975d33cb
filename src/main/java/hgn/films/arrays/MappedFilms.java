package hgn.films.arrays;

import java.nio.file.Path;

/** Films in a memory-mapped array with any order of axes; random access. */
final class MappedFilms extends ArrayFilms {
  private final MappedNumbers numbers;
  private final String kind;
  private final long[] strides;

  /**
   * Creates the films of an array.
   *
   * @param isFortran whether the first index varies fastest
   */
  MappedFilms(
      Path file,
      String kind,
      ArrayLayout layout,
      MappedNumbers numbers,
      boolean isFloat,
      boolean isFortran) {
    super(file, layout, isFloat);
    this.kind = kind;
    this.numbers = numbers;
    this.strides = strides(layout.shape(), isFortran);
  }

  @Override
  double most() {
    long count = 1;
    for (long length : layout().shape()) {
      count *= length;
    }
    double most = 0;
    for (long i = 0; i < count; i++) {
      double value = numbers.at(i);
      most = value > most ? value : most;
    }
    return most;
  }

  private static long[] strides(long[] shape, boolean isFortran) {
    long[] strides = new long[shape.length];
    long stride = 1;
    for (int k = 0; k < shape.length; k++) {
      int axis = isFortran ? k : shape.length - 1 - k;
      strides[axis] = stride;
      stride *= shape[axis];
    }
    return strides;
  }

  @Override
  public String kind() {
    return kind;
  }

  @Override
  public boolean isRandomAccess() {
    return true;
  }

  @Override
  void numbers(int film, int time, double[] dst) {
    ArrayLayout layout = layout();
    long frame = film * stride(layout.film()) + time * stride(layout.time());
    long down = stride(layout.row());
    long right = stride(layout.column());
    long deep = stride(layout.channel());
    int at = 0;
    for (int i = 0; i < layout.height(); i++) {
      for (int j = 0; j < layout.width(); j++) {
        long pixel = frame + i * down + j * right;
        for (int c = 0; c < layout.channels(); c++) {
          dst[at++] = numbers.at(pixel + c * deep);
        }
      }
    }
  }

  private long stride(int axis) {
    return axis < 0 ? 0 : strides[axis];
  }
}
