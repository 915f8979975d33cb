package hgn.reproduce;

import hgn.train.Checkpoint;
import hgn.train.Experiment;
import hgn.train.RunFolder;
import hgn.train.config.ConfigLoader;
import java.util.List;

/** Opens the models that a campaign has trained. */
final class Trained {
  private Trained() {}

  /** The experiment of a run with its best parameters; the caller closes it. */
  static Experiment open(RunFolder folder) {
    Experiment experiment = new Experiment(ConfigLoader.ofRun(folder.config(), List.of()));
    try {
      Checkpoint.readModel(folder.preferredCheckpoint(), experiment.model().parameters());
      return experiment;
    } catch (RuntimeException failed) {
      experiment.close();
      throw failed;
    }
  }
}
