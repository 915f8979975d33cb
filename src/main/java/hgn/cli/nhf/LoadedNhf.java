package hgn.cli.nhf;

import hgn.cli.console.Failure;
import hgn.cli.options.Engine;
import hgn.config.ConfigException;
import hgn.config.ConfigLoader;
import hgn.config.NhfConfig;
import hgn.run.RunConfig;
import hgn.run.RunFolder;
import hgn.train.nhf.NhfCheckpoint;
import hgn.train.nhf.NhfExperiment;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/**
 * A trained flow. Must be closed.
 *
 * @param folder folder of the run
 * @param experiment the experiment with the parameters of the checkpoint
 * @param steps number of training steps
 */
record LoadedNhf(RunFolder folder, NhfExperiment experiment, long steps) implements AutoCloseable {
  /** Command line arguments that select a trained flow and a backend. */
  static final class Arguments {
    @Parameters(
        index = "0",
        paramLabel = "RUN",
        description = "Folder of a run of 'flow train', such as runs/flow-mixture.")
    private Path run;

    @Option(
        names = {"--device", "--backend"},
        paramLabel = "NAME",
        description = "Backend: cuda, cpu, jvm or auto (default: that of the run).")
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
   * Loads the configuration of a flow's run, held against what its last checkpoint was made with.
   *
   * @throws Failure if the run has another model
   * @throws ConfigException if the file was changed since
   */
  static NhfConfig config(RunFolder folder, List<String> settings) {
    NhfConfig written;
    try {
      written = ConfigLoader.loadFlow(folder.config(), List.of());
    } catch (ConfigException foreign) {
      throw new Failure(
          (folder + " is not the run of a flow (" + foreign.getMessage())
              + "); give one made by 'flow train'",
          foreign);
    }
    Path checkpoint = folder.lastCheckpoint();
    RunConfig.requireUnchanged(
        folder.config(), written, checkpoint, NhfCheckpoint.config(checkpoint));
    return settings.isEmpty() ? written : ConfigLoader.loadFlow(folder.config(), settings);
  }

  /** The source of the parameters, as text. */
  String describe() {
    return folder.lastCheckpoint() + " (step " + steps + ")";
  }

  @Override
  public void close() {
    experiment.close();
  }
}
