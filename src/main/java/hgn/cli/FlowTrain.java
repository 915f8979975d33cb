package hgn.cli;

import hgn.files.FolderLock;
import hgn.train.RunFolder;
import hgn.train.config.ConfigException;
import hgn.train.config.ConfigLoader;
import hgn.train.config.FlowConfig;
import hgn.train.flow.FlowExperiment;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Trains a flow and leaves everything about it in a folder of its own. */
@Command(
    name = "train",
    header = "Train a flow on points drawn from a density.",
    description = "Without options: eight Gaussians on a circle.",
    footerHeading = "%nExamples:%n",
    footer = {
      "  hgn4j flow train",
      "  hgn4j flow train --density rings --set flow.flows=8",
      "  hgn4j flow train --resume runs/flow-mixture",
      "Ctrl-C saves the run and says how to go on."
    })
public final class FlowTrain implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Option(
      names = "--density",
      paramLabel = "NAME",
      description = "mixture, rings or moons; the same as --set flow.density=NAME.")
  private String density;

  @Option(
      names = "--name",
      paramLabel = "NAME",
      description = "Name of the run; by default flow and density, numbered if taken.")
  private String name;

  @Option(names = "--runs", paramLabel = "DIR", description = "Folder of all runs (default: runs).")
  private Path runs;

  @Option(
      names = "--config",
      paramLabel = "FILE",
      description = "YAML file with settings; those it leaves out keep their defaults.")
  private Path file;

  @Option(
      names = "--set",
      paramLabel = "KEY=VALUE",
      description = "One setting, such as train.batch=1024; may be repeated.")
  private List<String> settings = new ArrayList<>();

  @Option(
      names = {"--device", "--backend"},
      paramLabel = "NAME",
      description = "What computes: cuda, cpu, jvm or auto; the same as --set engine.backend=NAME.")
  private String device;

  @Option(
      names = "--resume",
      paramLabel = "RUN",
      description = "Continue the run in this folder from its last checkpoint.")
  private Path resumed;

  FlowTrain() {}

  @Override
  public Integer call() {
    if (device != null) {
      settings.add("engine.backend=" + device);
    }
    if (density != null) {
      settings.add("flow.density=" + density);
    }
    return resumed == null ? begin() : resume();
  }

  private int begin() {
    FlowConfig config = ConfigLoader.loadFlow(file, settings);
    Engine.prepare(config.engine());
    try (FlowExperiment experiment = new FlowExperiment(config)) {
      Path parent = runs == null ? Path.of("runs") : runs;
      RunFolder folder =
          name == null
              ? RunFolder.createNumbered(parent, "flow-" + config.flow().density())
              : RunFolder.create(parent, name);
      try (FolderLock lock = folder.lock()) {
        return session(experiment, folder).begin();
      }
    }
  }

  private int resume() {
    if (name != null || runs != null || file != null) {
      throw new ParameterException(
          spec.commandLine(),
          "--resume takes name, place and configuration from the run itself; leave out --name,"
              + " --runs and --config");
    }
    RunFolder folder = RunFolder.open(resumed);
    try (FolderLock lock = folder.lock()) {
      return resume(folder);
    }
  }

  private int resume(RunFolder folder) {
    FlowConfig before = LoadedFlow.config(folder, List.of());
    FlowConfig config = LoadedFlow.config(folder, settings);
    List<String> fixed = config.fixedChanges(before);
    if (!fixed.isEmpty()) {
      throw new ConfigException(
          "a resumed flow must not change "
              + String.join(", ", fixed)
              + "; it may change only "
              + String.join(", ", FlowConfig.FREE_KEYS)
              + "; start a new run for the rest");
    }
    Engine.prepare(config.engine());
    try (FlowExperiment experiment = new FlowExperiment(config)) {
      return session(experiment, folder).resume();
    }
  }

  private FlowSession session(FlowExperiment experiment, RunFolder folder) {
    return new FlowSession(
        experiment, folder, spec.commandLine().getOut(), spec.commandLine().getErr());
  }
}
