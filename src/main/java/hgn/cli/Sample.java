package hgn.cli;

import hgn.model.FilmModel;
import hgn.report.AnimatedGif;
import hgn.report.Film;
import hgn.report.FilmExport;
import hgn.report.FilmFormat;
import hgn.report.Filmstrip;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Films what a trained model makes up. */
@Command(
    name = "sample",
    header = "Film rollouts that the model makes up.",
    description = "z is drawn from the prior N(0, I); the rest is the learnt flow and the decoder.")
public final class Sample implements Callable<Integer> {
  private static final int MOST_SAMPLES = 256;
  private static final int MOST_FRAMES = 5000;
  private static final int STRIPS = 4;
  private static final int GAP = 2;

  @Spec private CommandSpec spec;
  @Mixin private RunArguments arguments;

  @Option(
      names = "--count",
      paramLabel = "N",
      description = "Number of rollouts (default: ${DEFAULT-VALUE}).")
  private int count = 16;

  @Option(
      names = "--seed",
      paramLabel = "S",
      description = "Seed of the random numbers (default: ${DEFAULT-VALUE}).")
  private long seed;

  @Option(
      names = "--frames",
      paramLabel = "N",
      description = "Length of the films (default: as many as in training).")
  private Integer frames;

  @Option(
      names = "--format",
      converter = Words.FilmFormats.class,
      paramLabel = "gif|npz|png",
      description =
          "An animation and a strip of it, a NumPy archive, or a folder of frames (default:"
              + " ${DEFAULT-VALUE}).")
  private FilmFormat format = FilmFormat.GIF;

  @Option(
      names = "--out",
      paramLabel = "FILE",
      description =
          "FILE.gif, beside which the strip is put as .png, FILE.npz, or a folder (default: in"
              + " RUN).")
  private String file;

  Sample() {}

  /** Runs this command alone. */
  public static void main(String[] args) {
    Main.start("sample", args);
  }

  @Override
  public Integer call() {
    Limits limits = new Limits(spec);
    limits.require("--count", count, 1, MOST_SAMPLES);
    if (frames != null) {
      limits.require("--frames", frames, 1, MOST_FRAMES);
    }
    String stem = file == null ? null : limits.stem("--out", file, format.extension());
    try (LoadedRun run = arguments.loadLast()) {
      film(run, stem == null ? run.folder().path().resolve("sample-" + seed).toString() : stem);
    }
    return 0;
  }

  private void film(LoadedRun run, String stem) {
    int length = frames == null ? run.experiment().window().framesOut() : frames;
    double dt = run.experiment().config().data().dt();
    FilmModel model = run.experiment().model();
    List<Film> films = new ArrayList<>();
    for (float[] film : run.predictor().sample(count, seed, length, dt)) {
      films.add(
          Film.of("sample " + (films.size() + 1), model.frameSize(), model.frameChannels(), film));
    }
    PrintWriter out = spec.commandLine().getOut();
    out.println("model  " + run.describe());
    switch (format) {
      case GIF -> animate(stem, films, dt, out);
      case NPZ -> {
        Path npz = Path.of(stem + ".npz");
        FilmExport.writeNpz(npz, films, 0, dt);
        out.println("arrays " + npz);
      }
      default -> {
        FilmExport.writeFrames(Path.of(stem), films);
        out.println("frames " + Path.of(stem));
      }
    }
  }

  private void animate(String stem, List<Film> films, double dt, PrintWriter out) {
    Path gif = Path.of(stem + ".gif");
    Path strip = Path.of(stem + ".png");
    String label = count == 1 ? "a sample" : count + " samples";
    Film grid = Film.grid(label, films, GAP);
    new AnimatedGif(0, dt, Math.max(1, 480 / grid.resolution()), dt).write(gif, List.of(grid));
    new Filmstrip(0, dt, 10, Math.max(1, 128 / films.get(0).resolution()))
        .write(strip, films.subList(0, Math.min(STRIPS, count)));
    out.println("film   " + gif);
    out.println("strip  " + strip);
  }
}
