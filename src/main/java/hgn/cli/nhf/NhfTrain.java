package hgn.cli.nhf;

import hgn.cli.options.Engine;
import hgn.cli.options.TrainOptions;
import hgn.config.ConfigException;
import hgn.config.ConfigLoader;
import hgn.config.NhfConfig;
import hgn.files.FolderLock;
import hgn.run.RunFolder;
import hgn.train.nhf.NhfExperiment;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Trains a flow and writes everything about it to its run folder. */
@Command(
    name = "train",
    header = "Train a flow on points drawn from a density.",
    description = "Without options: eight Gaussians on a circle.",
    footerHeading = "%nExamples:%n",
    footer = {
      "  hgn4j flow train",
      "  hgn4j flow train --density rings --set flow.flows=8",
      "  hgn4j flow train --resume runs/flow-mixture",
      "Ctrl-C saves the run and prints how to resume it."
    })
public final class NhfTrain implements Callable<Integer> {
  @Spec private CommandSpec spec;
  @Mixin private TrainOptions options;

  @Option(
      names = "--density",
      paramLabel = "NAME",
      description = "mixture, rings or moons; the same as --set flow.density=NAME.")
  private String density;

  NhfTrain() {}

  @Override
  public Integer call() {
    List<String> settings = options.settings();
    if (density != null) {
      settings.add("flow.density=" + density);
    }
    return options.resumed() == null ? begin(settings) : resume(settings);
  }

  private int begin(List<String> settings) {
    NhfConfig config = ConfigLoader.loadFlow(options.file(), settings);
    Engine.prepare(config.engine());
    try (NhfExperiment experiment = new NhfExperiment(config)) {
      RunFolder folder = options.create("flow-" + config.flow().density());
      try (FolderLock lock = folder.lock()) {
        return session(experiment, folder).begin();
      }
    }
  }

  private int resume(List<String> settings) {
    options.requireResumable(spec, List.of());
    RunFolder folder = RunFolder.open(options.resumed());
    try (FolderLock lock = folder.lock()) {
      return resume(folder, settings);
    }
  }

  private int resume(RunFolder folder, List<String> settings) {
    NhfConfig before = LoadedNhf.config(folder, List.of());
    NhfConfig config = LoadedNhf.config(folder, settings);
    List<String> fixed = config.fixedChanges(before);
    if (!fixed.isEmpty()) {
      throw new ConfigException(
          "a resumed flow must not change "
              + String.join(", ", fixed)
              + "; it may change only "
              + String.join(", ", NhfConfig.FREE_KEYS)
              + "; start a new run for the rest");
    }
    Engine.prepare(config.engine());
    try (NhfExperiment experiment = new NhfExperiment(config)) {
      return session(experiment, folder).resume();
    }
  }

  private NhfSession session(NhfExperiment experiment, RunFolder folder) {
    return new NhfSession(
        experiment, folder, spec.commandLine().getOut(), spec.commandLine().getErr());
  }
}
