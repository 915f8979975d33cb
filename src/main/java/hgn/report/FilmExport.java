package hgn.report;

import hgn.files.AtomicFile;
import hgn.files.StorageException;
import hgn.films.output.NpzOutput;
import hgn.images.Drawing;
import hgn.predict.LearntPaths;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;

/** Exports films of equal length and size for other programs. */
public final class FilmExport {
  private static final int CHANNELS = 3;

  private FilmExport() {}

  /**
   * A NumPy archive: an array (T, height, width, 3) of each film under its label, blanks as
   * underscores, the frames' times {@code t} (T) in seconds, and what {@link MotionExport} adds.
   */
  public static void writeNpz(
      Path file, List<Film> films, LearntPaths paths, double start, double step) {
    Films.requireAlike(films);
    AtomicFile.writeStream(
        file,
        out -> {
          NpzOutput npz = new NpzOutput(out);
          for (Film film : films) {
            int size = film.resolution();
            npz.put(name(film), film.frames(), film.length(), size, size, CHANNELS);
          }
          int length = films.get(0).length();
          double[] times = IntStream.range(0, length).mapToDouble(t -> start + t * step).toArray();
          npz.put("t", times, length);
          MotionExport.put(npz, paths);
          npz.finish();
        });
  }

  /** Writes a folder of pictures {@code LABEL-000.png}, replacing existing ones. */
  public static void writeFrames(Path folder, List<Film> films) {
    Films.requireAlike(films);
    try {
      Files.createDirectories(folder);
    } catch (IOException error) {
      throw new StorageException(folder, "cannot make the folder", error);
    }
    for (Film film : films) {
      for (int t = 0; t < film.length(); t++) {
        int frame = t;
        Path file = folder.resolve(String.format(Locale.ROOT, "%s-%03d.png", name(film), t));
        Drawing.write(file, () -> picture(film, frame));
      }
    }
  }

  private static String name(Film film) {
    return film.label().replaceAll("[^A-Za-z0-9]+", "_");
  }

  private static BufferedImage picture(Film film, int t) {
    int size = film.resolution();
    BufferedImage picture = new BufferedImage(size, size, BufferedImage.TYPE_INT_RGB);
    for (int i = 0; i < size; i++) {
      for (int j = 0; j < size; j++) {
        picture.setRGB(j, i, film.rgb(t, i, j));
      }
    }
    return picture;
  }
}
