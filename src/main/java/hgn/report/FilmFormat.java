package hgn.report;

import java.util.Locale;

/** Ways to write the films that a model made. */
public enum FilmFormat {
  /** An animation, and a strip beside it. */
  GIF,
  /** A film, made by ffmpeg, and a strip beside it. */
  MP4,
  /** A NumPy archive: frames, states and energies. */
  NPZ,
  /** States and energies as a table. */
  CSV,
  /** A folder of numbered PNG frames. */
  PNG;

  /** Its name on the command line. */
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** What a file's name ends in; nothing for a folder. */
  public String extension() {
    return this == PNG ? "" : "." + this;
  }
}
