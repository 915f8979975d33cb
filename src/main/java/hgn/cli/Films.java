package hgn.cli;

import hgn.cli.console.FilmReading;
import hgn.cli.console.Format;
import hgn.cli.console.Invocation;
import hgn.cli.options.OptionRange;
import hgn.data.FilmSettings;
import hgn.data.FilmSurvey;
import hgn.files.StorageException;
import hgn.films.FilmSet;
import hgn.films.FilmStatistics;
import hgn.images.Drawing;
import hgn.report.Film;
import hgn.report.Filmstrip;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Surveys films before training. */
@Command(
    name = "films",
    header = "Look at your own films before training on them.",
    description =
        "Describes the films, warns of problems, recommends settings, and draws sample frames.",
    footerHeading = "%nExamples:%n",
    footer = {
      "  hgn4j films my-films",
      "  hgn4j films clips.npz --set data.films-key=frames --set data.size=64"
    })
public final class Films implements Callable<Integer> {
  private static final String SHEET = "films.png";
  private static final int SHEET_ROWS = 8;
  private static final int SHEET_COLUMNS = 12;
  private static final int SHEET_FRAME = 64;
  private static final int NAME_WIDTH = 10;

  @Spec private CommandSpec spec;

  @Parameters(
      index = "0",
      paramLabel = "PATH",
      description =
          "File or folder of films, detected by content: folders of PNG or JPEG frames, GIF, npy,"
              + " npz, HDF5, TFRecord, MP4, MOV, AVI, or what 'generate' wrote.")
  private Path path;

  @Option(
      names = "--set",
      paramLabel = "KEY=VALUE",
      description = "A setting of the later training, such as data.size=64; may be repeated.")
  private List<String> settings = new ArrayList<>();

  @Option(
      names = "--skip-damaged",
      description = "Skip films that cannot be read; the same as --set data.skip-damaged=true.")
  private boolean skipDamaged;

  @Option(
      names = "--out",
      paramLabel = "FILE.png",
      description =
          "Picture of sample frames (default: films.png; if run among the films, in their cache"
              + " folder).")
  private Path sheet;

  Films() {}

  @Override
  public Integer call() {
    if (sheet != null) {
      new OptionRange(spec).stem("--out", sheet.toString(), ".png");
    }
    if (settings.stream().anyMatch(setting -> setting.strip().startsWith("data.films="))) {
      throw new ParameterException(
          spec.commandLine(), "the films are " + path + "; leave data.films out of --set");
    }
    List<String> own = new ArrayList<>(settings);
    own.add("data.films=" + FilmSettings.quoted(path.toString()));
    if (skipDamaged) {
      own.add("data.skip-damaged=true");
    }
    PrintWriter out = spec.commandLine().getOut();
    FilmSurvey look;
    try (FilmReading reading = new FilmReading(out)) {
      look = FilmSurvey.at(own, reading);
    }
    Path drawn = sheet == null ? place(look.set()) : sheet;
    print(look);
    out.flush();
    StorageException unwritten = null;
    try {
      if (Drawing.attempt(() -> draw(look, drawn))) {
        line("sheet", drawn.toString());
      }
    } catch (StorageException error) { // what was found is worth more than the picture
      unwritten = error;
    }
    advise(out, look);
    if (unwritten != null) {
      throw unwritten;
    }
    return 0;
  }

  /** In the working directory, unless it would be mistaken for a frame there. */
  private Path place(FilmSet set) {
    Path here = Path.of(SHEET).toAbsolutePath();
    boolean isAmong = here.startsWith(path.toAbsolutePath().normalize());
    return isAmong ? set.cacheFile().resolveSibling(SHEET) : Path.of(SHEET);
  }

  private void print(FilmSurvey look) {
    FilmSet set = look.set();
    FilmStatistics statistics = look.statistics();
    line("films", set.count() + ", " + set.kind() + skipped(set));
    line("frames", look.lengths() + " each, " + set.frames() + " in all");
    String colours = set.channels() == 1 ? ", gray" : ", in colour";
    String fit = set.wasResized() ? ", " + look.fit() : "";
    line("size", set.size() + "x" + set.size() + colours + fit);
    line("dt", look.time());
    line("states", set.hasStates() ? "known: SyMetric can be measured" : "unknown");
    line("errors", "baselines, mean squared errors per pixel, which a model should beat:");
    line("", Format.mse(statistics.constantImage()) + "  one image for all films");
    line("", Format.mse(statistics.meanFrame()) + "  the mean frame of each film");
    line("", Format.mse(statistics.persistence()) + "  persistence: the first frame, repeated");
    line("", Format.mse(statistics.noise()) + "  noise of static pixels");
  }

  private void advise(PrintWriter out, FilmSurvey look) {
    List<String> problems = look.problems();
    if (!problems.isEmpty()) {
      out.println();
      problems.forEach(problem -> out.println("note: " + problem));
    }
    out.println();
    out.println(
        "train with " + Invocation.prefix() + " train" + look.advice(path, settings, skipDamaged));
    out.flush();
  }

  private void line(String name, String text) {
    spec.commandLine().getOut().println(name + " ".repeat(NAME_WIDTH - name.length()) + text);
  }

  private static String skipped(FilmSet set) {
    return set.skipped() == 0 ? "" : "; " + set.skipped() + " damaged ones are skipped";
  }

  /** Draws the first films, or a sample of many, up to the length of the shortest. */
  private static void draw(FilmSurvey look, Path drawn) {
    FilmSet set = look.set();
    int last = look.shortest() - 1;
    int columns = Math.min(SHEET_COLUMNS, last + 1);
    int step = Math.max(1, last / Math.max(1, columns - 1));
    List<Film> rows = new ArrayList<>();
    int films = Math.min(SHEET_ROWS, set.count());
    for (int i = 0; i < films; i++) {
      int film = (int) ((long) i * set.count() / films);
      float[] frames = new float[columns * set.frameLength()];
      for (int t = 0; t < columns; t++) {
        set.read(film, t * step, frames, t * set.frameLength());
      }
      rows.add(Film.of(set.name(film), set.size(), set.channels(), frames));
    }
    int scale = Math.max(1, SHEET_FRAME / set.size());
    new Filmstrip(0, step * look.dt(), columns, scale).write(drawn, rows);
  }
}
