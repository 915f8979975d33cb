package hgn.report;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** Output formats of predicted films. */
public enum FilmFormat {
  /** An animated GIF and a filmstrip. */
  GIF,
  /** A film, made by ffmpeg, and a strip beside it. */
  MP4,
  /** A NumPy archive: frames, states and energies. */
  NPZ,
  /** States and energies as a table. */
  CSV,
  /** A folder of numbered PNG frames. */
  PNG;

  /** Returns the name on the command line. */
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** File extension; empty for a folder. */
  public String extension() {
    return this == PNG ? "" : "." + this;
  }

  /** The format of a file by its extension; empty if it has none of these. */
  public static Optional<FilmFormat> byExtension(String file) {
    return Arrays.stream(values())
        .filter(format -> format != PNG && file.endsWith(format.extension()))
        .findFirst();
  }
}
