package hgn.films;

import java.nio.file.Path;
import java.util.List;
import java.util.OptionalDouble;
import java.util.stream.IntStream;

/** Films that are one array of numbers. */
abstract class ArrayFilms implements FilmSource {
  private final Path file;
  private final ArrayLayout layout;
  private final boolean isFloat;
  private final ValueRange range;

  /**
   * Films of an array.
   *
   * @param range of its numbers
   */
  ArrayFilms(Path file, ArrayLayout layout, boolean isFloat, ValueRange range) {
    this.file = file;
    this.layout = layout;
    this.isFloat = isFloat;
    this.range = range;
  }

  final ArrayLayout layout() {
    return layout;
  }

  final Path file() {
    return file;
  }

  @Override
  public final List<String> films() {
    return IntStream.range(0, (int) layout.films())
        .mapToObj(film -> file.getFileName() + "[" + film + "]")
        .toList();
  }

  @Override
  public final List<Path> files() {
    return List.of(file);
  }

  @Override
  public OptionalDouble dt() {
    return OptionalDouble.empty();
  }

  @Override
  public final boolean isFloat() {
    return isFloat;
  }

  /** The true states of a film's frames, (T, n); null if nobody knows them. */
  double[][] states(int film) {
    return null;
  }

  @Override
  public final void read(int film, FrameSink sink) {
    double[] numbers = new double[layout.height() * layout.width() * layout.channels()];
    double[][] states = states(film);
    for (int t = 0; t < layout.frames(); t++) {
      numbers(film, t, numbers);
      float[] values = new float[numbers.length];
      for (int i = 0; i < values.length; i++) {
        values[i] = range.share(numbers[i], file);
      }
      sink.accept(
          new Frame(
              layout.width(),
              layout.height(),
              layout.channels(),
              values,
              states == null ? null : states[t]));
    }
  }

  /** Fills {@code dst} with the numbers of a frame, (height, width, channels). */
  abstract void numbers(int film, int time, double[] dst);
}
