package hgn.cli.console;

import hgn.films.source.FilmProgress;
import java.io.PrintWriter;

/** Shows the progress of reading films if it takes a while. */
public final class FilmReading implements FilmProgress, AutoCloseable {
  private final PrintWriter out;
  private ProgressBar bar;

  public FilmReading(PrintWriter out) {
    this.out = out;
  }

  @Override
  public void read(int done, int total, long frames) {
    if (bar == null) {
      bar = ProgressBar.on(out, 0, total, 1, "films");
    }
    bar.update(done, "films read, " + frames + " frames");
  }

  @Override
  public void close() {
    if (bar != null) {
      bar.close();
    }
  }
}
