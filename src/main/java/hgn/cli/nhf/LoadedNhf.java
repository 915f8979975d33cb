package hgn.cli.nhf;

import hgn.cli.console.Failure;
import hgn.cli.options.Engine;
import hgn.config.ConfigException;
import hgn.config.ConfigLoader;
import hgn.config.NhfConfig;
import hgn.run.RunFolder;
import hgn.train.nhf.NhfCheckpoint;
import hgn.train.nhf.NhfExperiment;
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
record LoadedNhf(RunFolder folder, NhfExperiment experiment, long steps) implements AutoCloseable {
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
    LoadedNhf load() {
      RunFolder folder = RunFolder.open(run);
      List<String> settings = new ArrayList<>();
      if (backend != null) {
        settings.add("engine.backend=" + backend);
      }
      NhfConfig config = config(folder, settings);
      Engine.prepare(config.engine());
      NhfExperiment experiment = new NhfExperiment(config);
      try {
        long steps =
            NhfCheckpoint.readModel(folder.lastCheckpoint(), experiment.model().parameters());
        return new LoadedNhf(folder, experiment, steps);
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
  static NhfConfig config(RunFolder folder, List<String> settings) {
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
