package hgn.cli;

import hgn.cli.console.Invocation;
import hgn.cli.options.OptionRange;
import hgn.cli.options.RunArguments;
import hgn.compare.ComparedRun;
import hgn.compare.ComparisonPage;
import hgn.compare.RunComparison;
import hgn.train.LoadedRun;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Puts runs beside one another. */
@Command(
    name = "compare",
    header = "Put runs beside one another.",
    description =
        "Prints the settings in which they differ and what came out of each; --out also draws how"
            + " they learnt and films the same test clips with each of them.",
    footerHeading = "%nExamples:%n",
    footer = {
      "  hgn4j compare runs/mass-spring-quick runs/mass-spring-quick-2",
      "  hgn4j compare runs/leapfrog runs/yoshida --out compare.html"
    })
public final class Compare implements Callable<Integer> {
  private static final int MOST_CLIPS = 16;

  @Spec private CommandSpec spec;

  @Parameters(
      arity = "2..*",
      paramLabel = "RUN",
      description = "Folders of runs that 'train' made, two or more.")
  private List<Path> runs = new ArrayList<>();

  @Option(
      names = "--out",
      paramLabel = "FILE.html",
      description = "Write a page with curves and films too; it needs no other file.")
  private Path page;

  @Option(
      names = "--clips",
      paramLabel = "N",
      description =
          "Test clips on the page, which the best model of each run gives back (default:"
              + " ${DEFAULT-VALUE}).")
  private int clips = 2;

  @Option(
      names = {"--device", "--backend"},
      paramLabel = "NAME",
      description = "What computes films: cuda, cpu, jvm or auto (default: as each run).")
  private String backend;

  @Option(names = "--json", description = "Print the tables as one line of JSON.")
  private boolean json;

  Compare() {}

  @Override
  public Integer call() {
    OptionRange limits = new OptionRange(spec);
    limits.require("--clips", clips, 0, MOST_CLIPS);
    if (page != null) {
      limits.stem("--out", page.toString(), ".html");
    }
    PrintWriter out = spec.commandLine().getOut();
    RunComparison comparison = RunComparison.of(runs);
    ComparisonTables tables = new ComparisonTables(comparison);
    if (json) {
      out.println(tables.json());
    } else {
      tables.print(out);
    }
    if (page != null) {
      write(comparison, tables);
    }
    out.flush();
    return 0;
  }

  private void write(RunComparison comparison, ComparisonTables tables) {
    Map<String, String> leftOut =
        new ComparisonPage(comparison, command())
            .settings(tables.settings())
            .results(tables.results())
            .write(page, clips, this::load);
    if (!json) {
      PrintWriter out = spec.commandLine().getOut();
      out.println();
      leftOut.forEach((run, reason) -> out.println("note: " + run + " is in no film: " + reason));
      out.println("written to " + page);
    }
  }

  private LoadedRun load(ComparedRun run) {
    List<String> settings = backend == null ? List.of() : List.of("engine.backend=" + backend);
    return RunArguments.load(run.folder().path(), null, settings);
  }

  private String command() {
    List<String> words = new ArrayList<>(List.of("compare"));
    runs.forEach(run -> words.add(run.toString()));
    words.addAll(List.of("--out", page.toString()));
    return Invocation.of(words.toArray(String[]::new));
  }
}
