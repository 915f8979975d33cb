package hgn.films.arrays;

import hgn.films.source.FilmSource;
import hgn.films.source.Frame;
import hgn.films.source.FrameShape;
import hgn.films.source.FrameSink;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalDouble;
import java.util.stream.IntStream;

/** Films stored in one array of numbers. */
abstract class ArrayFilms implements FilmSource {
  private final Path file;
  private final ArrayLayout layout;
  private final boolean isFloat;
  private ValueRange range;

  ArrayFilms(Path file, ArrayLayout layout, boolean isFloat) {
    this.file = file;
    this.layout = layout;
    this.isFloat = isFloat;
  }

  /** Computed lazily: it scans all numbers, which is not needed if there is a cache. */
  private synchronized ValueRange range() {
    if (range == null) {
      range = isFloat ? ValueRange.of(most()) : ValueRange.BYTES;
    }
    return range;
  }

  /** The largest number of a float array; NaN is ignored. */
  abstract double most();

  @Override
  public final FrameShape shape() {
    return new FrameShape(layout.width(), layout.height(), layout.channels());
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

  /** The true states of a film's frames, (T, n); null if unknown. */
  double[][] states(int film) {
    return null;
  }

  @Override
  public final void read(int film, FrameSink sink) {
    double[] numbers = new double[layout.height() * layout.width() * layout.channels()];
    double[][] states = states(film);
    ValueRange white = range();
    for (int t = 0; t < layout.frames(); t++) {
      numbers(film, t, numbers);
      float[] values = new float[numbers.length];
      for (int i = 0; i < values.length; i++) {
        values[i] = white.share(numbers[i], file);
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

  /** Reads a frame, (height, width, channels), into {@code dst}. */
  abstract void numbers(int film, int time, double[] dst);
}
