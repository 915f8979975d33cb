package hgn.explore;

import hgn.films.output.NpzOutput;
import hgn.images.UndrawableException;
import hgn.predict.LearntPaths;
import hgn.report.AnimatedGif;
import hgn.report.Film;
import hgn.report.Filmstrip;
import hgn.report.MotionExport;
import hgn.report.VideoExport;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;

/** Kinds of files in which the page saves a film. */
enum FilmDownload {
  /** An animation. */
  GIF("image/gif"),
  /** A film, made by the user's own ffmpeg. */
  MP4("video/mp4"),
  /** A strip of frames. */
  PNG("image/png"),
  /** Frames, states and energies as NumPy arrays. */
  NPZ("application/zip"),
  /** States and energies as a table. */
  CSV("text/csv; charset=utf-8");

  private static final int SHOWN = 192;
  private static final int STRIP_COLUMNS = 11;

  private final String type;

  FilmDownload(String type) {
    this.type = type;
  }

  /**
   * What is saved.
   *
   * @param name of the run
   * @param size height and width of a frame
   * @param channels of a frame
   * @param frames (times, size, size, channels)
   * @param paths one motion
   * @param start time of the first frame, in seconds from the inferred one
   * @param step seconds between frames
   */
  record Content(
      String name,
      int size,
      int channels,
      float[] frames,
      LearntPaths paths,
      double start,
      double step) {
    int count() {
      return paths.states()[0].length;
    }

    double time(int frame) {
      return start + frame * step;
    }
  }

  /** Returns the kind of that name. */
  static FilmDownload named(String name) {
    return Arrays.stream(values())
        .filter(kind -> kind.extension().equals(name))
        .findFirst()
        .orElseThrow(
            () ->
                new RequestException(
                    RequestException.BAD_REQUEST,
                    "as = '" + name + "' is unknown; use gif, mp4, png, npz or csv"));
  }

  private String extension() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** Returns the file. */
  Reply of(Content content) {
    byte[] body =
        switch (this) {
          case GIF -> drawn(content, "gif");
          case MP4 -> drawn(content, "mp4");
          case PNG -> drawn(content, "png");
          case NPZ -> arrays(content);
          case CSV ->
              MotionExport.csv(content.paths(), content.start(), content.step())
                  .getBytes(StandardCharsets.UTF_8);
        };
    String name = content.name().replaceAll("[^A-Za-z0-9.-]", "_");
    return Reply.download(type, body, name + "." + extension());
  }

  /** Pictures are written to files by their own classes, so that they are written once and read. */
  private static byte[] drawn(Content content, String kind) {
    Film film = Film.of("prediction", content.size(), content.channels(), content.frames());
    int scale = Math.max(1, SHOWN / content.size());
    try {
      Path folder = Files.createTempDirectory("hgn4j-explore");
      Path file = folder.resolve("film." + kind);
      try {
        switch (kind) {
          case "gif" ->
              new AnimatedGif(content.start(), content.step(), scale, content.step())
                  .write(file, List.of(film));
          case "mp4" -> video(file, film, content.start(), content.step(), scale);
          default ->
              new Filmstrip(content.start(), content.step(), STRIP_COLUMNS, Math.max(1, scale / 2))
                  .write(file, List.of(film));
        }
        return Files.readAllBytes(file);
      } finally {
        Files.deleteIfExists(file);
        Files.deleteIfExists(folder);
      }
    } catch (UndrawableException reason) {
      throw new RequestException(RequestException.NOT_IMPLEMENTED, reason.getMessage());
    } catch (IOException error) {
      throw new IllegalStateException("[explore] cannot write a picture: " + error.getMessage());
    }
  }

  private static void video(Path file, Film film, double start, double step, int scale) {
    if (!VideoExport.isPossible()) {
      throw new RequestException(RequestException.NOT_IMPLEMENTED, VideoExport.REMEDY);
    }
    new VideoExport(start, step, scale, step).write(file, List.of(film));
  }

  private static byte[] arrays(Content content) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try {
      NpzOutput npz = new NpzOutput(bytes);
      int count = content.count();
      int size = content.size();
      npz.put("frames", content.frames(), count, size, size, content.channels());
      MotionExport.put(npz, content.paths());
      npz.put("t", IntStream.range(0, count).mapToDouble(content::time).toArray(), count);
      npz.finish();
    } catch (IOException impossible) {
      throw new IllegalStateException("[explore] cannot write to memory", impossible);
    }
    return bytes.toByteArray();
  }
}
