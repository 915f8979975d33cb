package hgn.cli.nhf;

import hgn.cli.options.OptionRange;
import hgn.files.AtomicFile;
import hgn.images.Drawing;
import hgn.report.PlanePicture;
import hgn.train.nhf.NhfDensity;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Samples points from a trained flow. */
@Command(
    name = "sample",
    header = "Sample points from a trained flow.",
    description = "Moves samples of the prior by the learnt energies and outputs their positions.")
public final class NhfSample implements Callable<Integer> {
  private static final int MOST = 1_000_000;

  @Spec private CommandSpec spec;
  @Mixin private LoadedNhf.Arguments arguments;

  @Option(
      names = "--count",
      paramLabel = "N",
      description = "Number of points (default: ${DEFAULT-VALUE}).")
  private int count = 2000;

  @Option(
      names = "--seed",
      paramLabel = "S",
      description = "Seed of the random numbers (default: ${DEFAULT-VALUE}).")
  private long seed;

  @Option(
      names = "--out",
      paramLabel = "FILE.csv",
      description =
          "Points, one x,y per line; a picture is written next to it as .png (default: in RUN).")
  private String file;

  NhfSample() {}

  @Override
  public Integer call() {
    OptionRange limits = new OptionRange(spec);
    limits.require("--count", count, 1, MOST);
    String given = file == null ? null : limits.stem("--out", file, ".csv");
    try (LoadedNhf run = arguments.load()) {
      String stem =
          given == null ? run.folder().path().resolve("sample-" + seed).toString() : given;
      double[] points = new NhfDensity(run.experiment().model(), seed).sample(count);
      Path table = Path.of(stem + ".csv");
      Path picture = Path.of(stem + ".png");
      AtomicFile.write(table, csv(points));
      double reach = run.experiment().density().reach();
      PrintWriter out = spec.commandLine().getOut();
      out.println("model    " + run.describe());
      out.println("points   " + table);
      out.flush();
      if (Drawing.attempt(() -> draw(picture, reach, points))) {
        out.println("picture  " + picture);
      }
    }
    return 0;
  }

  private static void draw(Path file, double reach, double[] points) {
    String caption = points.length / 2 + " samples";
    PlanePicture.write(file, List.of(PlanePicture.points(caption, reach, points)));
  }

  private static String csv(double[] points) {
    StringBuilder text = new StringBuilder("x,y\n");
    for (int i = 0; i < points.length; i += 2) {
      text.append(String.format(Locale.ROOT, "%.6g,%.6g\n", points[i], points[i + 1]));
    }
    return text.toString();
  }
}
