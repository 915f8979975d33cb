package hgn.films.arrays;

import hgn.files.StorageException;
import hgn.films.source.FilmSource;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.OptionalDouble;

/** An array of a NumPy archive; sequential access. */
public final class NpzFilms extends ArrayFilms {
  private final NpzFile archive;
  private final String name;
  private States states;
  private NumberStream numbers;
  private long next;

  private NpzFilms(Path file, NpzFile archive, String name, ArrayLayout layout, boolean isFloat) {
    super(file, layout, isFloat);
    this.archive = archive;
    this.name = name;
  }

  /**
   * Opens an archive.
   *
   * @param key name of the array; empty for the only one that can be films
   * @throws StorageException if there is no such array, or it is damaged
   */
  public static FilmSource open(Path file, String key) {
    NpzFile archive = new NpzFile(file);
    try {
      Map<String, long[]> shapes = new LinkedHashMap<>();
      archive
          .arrays()
          .forEach(
              (name, header) -> shapes.put(name, header == null ? new long[0] : header.shape()));
      if (archive.arrays().size() == 1) {
        archive.header(archive.arrays().keySet().iterator().next()); // throws with the reason
      }
      String name = ArrayChoice.of(file, shapes, key);
      NpyHeader header = archive.header(name);
      if (header.isFortran()) {
        throw new StorageException(
            file,
            "array '" + name + "' is in Fortran order, which cannot be read from within an archive",
            "write it by numpy.save, or as numpy.ascontiguousarray(array)");
      }
      boolean isFloat = header.type() != ElementType.UINT8;
      return new NpzFilms(file, archive, name, ArrayLayout.of(header.shape(), file), isFloat);
    } catch (RuntimeException error) {
      archive.close();
      throw error;
    }
  }

  @Override
  double most() {
    double most = 0;
    long count = archive.header(name).count();
    try (NumberStream all = archive.stream(name)) {
      for (long i = 0; i < count; i++) {
        double value = all.next();
        most = value > most ? value : most;
      }
    } catch (IOException error) {
      throw archive.broken(error);
    }
    return most;
  }

  @Override
  public String kind() {
    return "an array of a NumPy archive";
  }

  @Override
  public boolean isRandomAccess() {
    return false;
  }

  @Override
  public OptionalDouble dt() {
    return archive.number("dt");
  }

  @Override
  public OptionalDouble background() {
    return archive.number("background");
  }

  @Override
  double[][] states(int film) {
    if (states == null) {
      states = States.in(archive, layout().films(), layout().frames());
    }
    return states.of(film);
  }

  @Override
  void numbers(int film, int time, double[] dst) {
    long frame = film * layout().frames() + time;
    try {
      if (numbers == null || frame < next) {
        rewind();
      }
      for (; next < frame; next++) {
        fill(dst); // skip a film
      }
      fill(dst);
      next++;
      if (next == layout().films() * layout().frames()) {
        numbers.requireWhole();
      }
    } catch (IOException error) {
      throw archive.broken(error);
    }
  }

  private void rewind() throws IOException {
    if (numbers != null) {
      numbers.close();
    }
    numbers = archive.stream(name);
    next = 0;
  }

  private void fill(double[] dst) throws IOException {
    ArrayLayout layout = layout();
    boolean isChannelFirst = layout.channel() >= 0 && layout.channel() < layout.row();
    int channels = layout.channels();
    int pixels = layout.height() * layout.width();
    if (isChannelFirst) {
      for (int c = 0; c < channels; c++) {
        for (int i = 0; i < pixels; i++) {
          dst[i * channels + c] = numbers.next();
        }
      }
    } else {
      for (int i = 0; i < dst.length; i++) {
        dst[i] = numbers.next();
      }
    }
  }

  @Override
  public void close() {
    archive.close();
  }

  /** True states stored with the films: arrays {@code q} and {@code p}, (N,T,n) each. */
  private record States(double[] q, double[] p, int frames, int freedom) {
    static States in(NpzFile archive, long films, long frames) {
      double[] q = archive.whole("q", films, frames);
      double[] p = archive.whole("p", films, frames);
      if (q == null || p == null || q.length != p.length) {
        return new States(null, null, 0, 0);
      }
      return new States(q, p, (int) frames, (int) (q.length / (films * frames)));
    }

    double[][] of(int film) {
      if (q == null) {
        return null;
      }
      double[][] states = new double[frames][];
      for (int t = 0; t < frames; t++) {
        int from = (film * frames + t) * freedom;
        states[t] = Arrays.copyOf(Arrays.copyOfRange(q, from, from + freedom), 2 * freedom);
        System.arraycopy(p, from, states[t], freedom, freedom);
      }
      return states;
    }
  }
}
