package hgn.train;

import hgn.predict.Predictor;
import hgn.run.RunFolder;
import java.nio.file.Path;

/**
 * A trained model; it must be closed.
 *
 * @param folder of the run
 * @param experiment as configured, with the parameters of the checkpoint
 * @param checkpoint where they came from
 * @param steps that they were trained for
 */
public record LoadedRun(RunFolder folder, Experiment experiment, Path checkpoint, long steps)
    implements AutoCloseable {
  /** Predicts with the model. */
  public Predictor predictor() {
    return experiment.predictor();
  }

  /** Where the parameters came from, in words. */
  public String describe() {
    return checkpoint + " (step " + steps + ")";
  }

  @Override
  public void close() {
    experiment.close();
  }
}
