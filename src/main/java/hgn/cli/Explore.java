package hgn.cli;

import hgn.cli.console.Failure;
import hgn.cli.options.OptionRange;
import hgn.cli.options.RunArguments;
import hgn.explore.ExploreServer;
import hgn.explore.RunApi;
import hgn.explore.Shelved;
import hgn.run.RunFolder;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Serves a page on which trained models are played with. */
@Command(
    name = "explore",
    header = "Play with trained models in a browser.",
    description = {
      "Serves a page on this machine alone and prints its address: films forward and backward at"
          + " any speed, latents to move, the phase portrait, energies, errors and curves.",
      "Ctrl-C ends it."
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  hgn4j explore runs/mass-spring-quick",
      "  hgn4j explore runs/pendulum-quick runs/pendulum-quick-2 --port 8080"
    })
public final class Explore implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Parameters(
      arity = "1..*",
      paramLabel = "RUN",
      description = "Folders of runs that 'train' made, such as runs/mass-spring-quick.")
  private List<Path> runs = new ArrayList<>();

  @Mixin private ServerOptions server;

  @Option(
      names = {"--device", "--backend"},
      paramLabel = "NAME",
      description = "What computes: cuda, cpu, jvm or auto (default: as the runs were configured).")
  private String backend;

  Explore() {}

  @Override
  public Integer call() {
    List<String> settings = backend == null ? List.of() : List.of("engine.backend=" + backend);
    List<Shelved> shelf = new ArrayList<>();
    for (Path run : runs) {
      RunFolder.open(run); // a folder that is none is said at once, not in the page
      shelf.add(new Shelved(run, () -> RunArguments.load(run, null, settings)));
    }
    PrintWriter out = spec.commandLine().getOut();
    try (RunApi api = new RunApi(shelf);
        ExploreServer explorer = server.start(api, new OptionRange(spec))) {
      out.println("open " + explorer.address() + " (Ctrl-C ends this)");
      out.flush();
      new CountDownLatch(1).await();
      return 0;
    } catch (IOException taken) {
      throw new Failure(server.describe(taken));
    } catch (InterruptedException stop) {
      return 0;
    }
  }
}
