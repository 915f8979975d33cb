package hgn.cli;

import hgn.cli.options.FilmOutput;
import hgn.cli.options.OptionRange;
import hgn.cli.options.RunArguments;
import hgn.model.FilmModel;
import hgn.report.Film;
import hgn.train.LoadedRun;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Draws films sampled from a trained model. */
@Command(
    name = "sample",
    header = "Sample new rollouts from the model.",
    description = "Samples z from the prior N(0, I), then applies the learnt flow and the decoder.")
public final class Sample implements Callable<Integer> {
  private static final int MAX_SAMPLES = 256;
  private static final int MAX_FRAMES = 5000;
  private static final int STRIPS = 4;
  private static final int GAP = 2;

  /** Width and height of the grid of films in pixels. */
  private static final int GRID = 480;

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

  @Mixin private FilmOutput output;

  Sample() {}

  @Override
  public Integer call() {
    OptionRange limits = new OptionRange(spec);
    limits.require("--count", count, 1, MAX_SAMPLES);
    if (frames != null) {
      limits.require("--frames", frames, 1, MAX_FRAMES);
    }
    String stem = output.stem(limits);
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
    if (!run.experiment().hasPrior()) {
      out.println(
          "note   the model is deterministic: training did not tie its z to N(0, I) film by film, so these"
              + " films need not resemble the data; for samples, train with model.deterministic=false");
    }
    String label = count == 1 ? "a sample" : count + " samples";
    Film grid = Film.grid(label, films, GAP);
    int scale = Math.max(1, GRID / grid.resolution());
    List<Film> first = films.subList(0, Math.min(STRIPS, count));
    output.write(
        stem,
        new FilmOutput.Showing(
            List.of(grid),
            first,
            films,
            run.predictor().sampleMotions(count, seed, length, dt),
            0,
            dt,
            dt,
            scale),
        out);
  }
}
