package hgn.train;

import hgn.predict.Predictor;
import hgn.run.RunFolder;
import java.nio.file.Path;

/**
 * A trained model; it must be closed.
 *
 * @param folder of the run
 * @param experiment the experiment with the parameters of the checkpoint
 * @param checkpoint file of the parameters
 * @param steps number of training steps
 */
public record LoadedRun(RunFolder folder, Experiment experiment, Path checkpoint, long steps)
    implements AutoCloseable {
  /** A predictor with the model. */
  public Predictor predictor() {
    return experiment.predictor();
  }

  /** The source of the parameters, as text. */
  public String describe() {
    return checkpoint + " (step " + steps + ")";
  }

  @Override
  public void close() {
    experiment.close();
  }
}
