package hgn.cli;

import hgn.train.RunFolder;
import hgn.train.config.ConfigException;
import hgn.train.config.ConfigLoader;
import hgn.train.config.FlowConfig;
import hgn.train.flow.FlowCheckpoint;
import hgn.train.flow.FlowExperiment;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/**
 * A trained flow; it must be closed.
 *
 * @param folder of the run
 * @param experiment as configured, with the parameters of the checkpoint
 * @param steps that they were trained for
 */
record LoadedFlow(RunFolder folder, FlowExperiment experiment, long steps)
    implements AutoCloseable {
  /** The arguments by which commands name a trained flow, and what computes it. */
  static final class Arguments {
    @Parameters(
        index = "0",
        paramLabel = "RUN",
        description = "Folder of a run that 'flow train' made, such as runs/flow-mixture.")
    private Path run;

    @Option(
        names = {"--device", "--backend"},
        paramLabel = "NAME",
        description = "What computes: cuda, cpu, jvm or auto (default: as the run was configured).")
    private String backend;

    /** Loads the configuration and the last parameters. */
    LoadedFlow load() {
      RunFolder folder = RunFolder.open(run);
      List<String> settings = new ArrayList<>();
      if (backend != null) {
        settings.add("engine.backend=" + backend);
      }
      FlowConfig config = config(folder, settings);
      Engine.prepare(config.engine());
      FlowExperiment experiment = new FlowExperiment(config);
      try {
        long steps =
            FlowCheckpoint.readModel(folder.lastCheckpoint(), experiment.model().parameters());
        return new LoadedFlow(folder, experiment, steps);
      } catch (RuntimeException unusable) {
        experiment.close();
        throw unusable;
      }
    }
  }

  /**
   * The configuration of a flow's run.
   *
   * @throws Failure if it is one of another model
   */
  static FlowConfig config(RunFolder folder, List<String> settings) {
    try {
      ConfigLoader.loadFlow(folder.config(), List.of());
    } catch (ConfigException foreign) {
      throw new Failure(
          (folder + " is not the run of a flow (" + foreign.getMessage())
              + "); name one that 'flow train' made",
          foreign);
    }
    return ConfigLoader.loadFlow(folder.config(), settings);
  }

  /** Where the parameters came from, in words. */
  String describe() {
    return folder.lastCheckpoint() + " (step " + steps + ")";
  }

  @Override
  public void close() {
    experiment.close();
  }
}
