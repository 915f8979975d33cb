package hgn.report;

import java.util.Locale;

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
}
