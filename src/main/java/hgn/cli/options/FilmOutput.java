package hgn.cli.options;

import hgn.files.AtomicFile;
import hgn.images.Drawing;
import hgn.predict.LearntPaths;
import hgn.report.AnimatedGif;
import hgn.report.Film;
import hgn.report.FilmExport;
import hgn.report.FilmFormat;
import hgn.report.Filmstrip;
import hgn.report.MotionExport;
import hgn.report.VideoExport;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Option;

/** Options for the output of predicted films. */
public final class FilmOutput {
  private static final int STRIP_COLUMNS = 10;

  @Option(
      names = "--format",
      converter = EnumConverter.FilmFormats.class,
      paramLabel = "gif|mp4|npz|csv|png",
      description =
          "An animation (mp4 takes ffmpeg) and a strip of it, a NumPy archive of frames, states"
              + " and energies, a table of states and energies, or a folder of frames (default:"
              + " by the ending of --out, else gif).")
  private FilmFormat format;

  @Option(
      names = "--out",
      paramLabel = "FILE",
      description =
          "FILE.gif or FILE.mp4, beside which the strip is put as .png, FILE.npz, FILE.csv, or a"
              + " folder (default: in RUN).")
  private String file;

  /**
   * The path without its extension; null if none was given.
   *
   * @param limits range checks of the command's options
   */
  public String stem(OptionRange limits) {
    return file == null ? null : limits.stem("--out", file, format().extension());
  }

  private FilmFormat format() {
    return Optional.ofNullable(format)
        .or(() -> Optional.ofNullable(file).flatMap(FilmFormat::byExtension))
        .orElse(FilmFormat.GIF);
  }

  /**
   * Films of one motion, or of several.
   *
   * @param shown films of the animation, side by side
   * @param strip films below one another
   * @param arrays films for other programs
   * @param paths motions through the learnt phase space that the films show
   * @param start time of their first frames
   * @param step time from each frame to the next
   * @param pace for which a frame of the animation is seen
   * @param scale pixels of the animation for each of a frame
   */
  public record Showing(
      List<Film> shown,
      List<Film> strip,
      List<Film> arrays,
      LearntPaths paths,
      double start,
      double step,
      double pace,
      int scale) {}

  /** Writes films to a path given without extension, and prints the files. */
  public void write(String stem, Showing films, PrintWriter out) {
    switch (format()) {
      case GIF -> {
        Path gif = Path.of(stem + ".gif");
        new AnimatedGif(films.start(), films.step(), films.scale(), films.pace())
            .write(gif, films.shown());
        out.println("film   " + gif);
        writeStrip(stem, films, out);
      }
      case MP4 -> {
        Path film = Path.of(stem + ".mp4");
        new VideoExport(films.start(), films.step(), films.scale(), films.pace())
            .write(film, films.shown());
        out.println("film   " + film);
        writeStrip(stem, films, out);
      }
      case CSV -> {
        Path table = Path.of(stem + ".csv");
        AtomicFile.write(table, MotionExport.csv(films.paths(), films.start(), films.step()));
        out.println("table  " + table);
      }
      case NPZ -> {
        Path npz = Path.of(stem + ".npz");
        FilmExport.writeNpz(npz, films.arrays(), films.paths(), films.start(), films.step());
        out.println("arrays " + npz);
      }
      default -> {
        FilmExport.writeFrames(Path.of(stem), films.arrays());
        out.println("frames " + Path.of(stem));
      }
    }
  }

  private static void writeStrip(String stem, Showing films, PrintWriter out) {
    Path strip = Path.of(stem + ".png");
    int scale = Math.max(1, 128 / films.strip().get(0).resolution());
    Filmstrip drawing = new Filmstrip(films.start(), films.step(), STRIP_COLUMNS, scale);
    if (Drawing.attempt(() -> drawing.write(strip, films.strip()))) {
      out.println("strip  " + strip);
    }
  }
}
