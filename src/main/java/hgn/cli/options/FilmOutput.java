package hgn.cli.options;

import hgn.report.AnimatedGif;
import hgn.report.Film;
import hgn.report.FilmExport;
import hgn.report.FilmFormat;
import hgn.report.Filmstrip;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import picocli.CommandLine.Option;

/** Options for the output of predicted films. */
public final class FilmOutput {
  private static final int STRIP_COLUMNS = 10;

  @Option(
      names = "--format",
      converter = EnumConverter.FilmFormats.class,
      paramLabel = "gif|npz|png",
      description =
          "gif: an animation and a filmstrip; npz: a NumPy archive; png: a folder of frames"
              + " (default: ${DEFAULT-VALUE}).")
  private FilmFormat format = FilmFormat.GIF;

  @Option(
      names = "--out",
      paramLabel = "FILE",
      description =
          "FILE.gif (the strip is written next to it as .png), FILE.npz, or a folder (default:"
              + " in RUN).")
  private String file;

  /**
   * The path without its extension; null if none was given.
   *
   * @param limits range checks of the command's options
   */
  public String stem(OptionRange limits) {
    return file == null ? null : limits.stem("--out", file, format.extension());
  }

  /**
   * Films of one motion, or of several.
   *
   * @param shown films of the animation, side by side
   * @param strip films below one another
   * @param arrays films for other programs
   * @param start time of the first frames
   * @param step time between frames
   * @param pace duration of a frame in the animation
   * @param scale pixels of the animation per pixel of a frame
   */
  public record Showing(
      List<Film> shown,
      List<Film> strip,
      List<Film> arrays,
      double start,
      double step,
      double pace,
      int scale) {}

  /** Writes films to a path given without extension, and prints the files. */
  public void write(String stem, Showing films, PrintWriter out) {
    switch (format) {
      case GIF -> {
        Path gif = Path.of(stem + ".gif");
        Path strip = Path.of(stem + ".png");
        new AnimatedGif(films.start(), films.step(), films.scale(), films.pace())
            .write(gif, films.shown());
        int scale = Math.max(1, 128 / films.strip().get(0).resolution());
        new Filmstrip(films.start(), films.step(), STRIP_COLUMNS, scale)
            .write(strip, films.strip());
        out.println("film   " + gif);
        out.println("strip  " + strip);
      }
      case NPZ -> {
        Path npz = Path.of(stem + ".npz");
        FilmExport.writeNpz(npz, films.arrays(), films.start(), films.step());
        out.println("arrays " + npz);
      }
      default -> {
        FilmExport.writeFrames(Path.of(stem), films.arrays());
        out.println("frames " + Path.of(stem));
      }
    }
  }
}
