package hgn.cli;

import hgn.train.Experiment;
import hgn.train.Predictor;
import hgn.train.RunFolder;
import java.nio.file.Path;

/**
 * A trained model; it must be closed.
 *
 * @param folder of the run
 * @param experiment as configured, with the parameters of the checkpoint
 * @param checkpoint where they came from
 * @param steps that they were trained for
 */
record LoadedRun(RunFolder folder, Experiment experiment, Path checkpoint, long steps)
    implements AutoCloseable {
  /** Predicts with the model. */
  Predictor predictor() {
    return experiment.predictor();
  }

  /** Where the parameters came from, in words. */
  String describe() {
    return checkpoint + " (step " + steps + ")";
  }

  @Override
  public void close() {
    experiment.close();
  }
}
