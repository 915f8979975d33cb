package hgn.train;

import hgn.predict.Estimate;
import java.util.List;

/**
 * Several listeners as one, called in their order.
 *
 * @param listeners who follow the training
 */
public record TrainingListeners(List<TrainingListener> listeners) implements TrainingListener {
  /** Copies the list. */
  public TrainingListeners {
    listeners = List.copyOf(listeners);
  }

  @Override
  public void stepped(long done, long total, TrainingStep.Losses losses) {
    listeners.forEach(listener -> listener.stepped(done, total, losses));
  }

  @Override
  public void evaluated(long done, Estimate validation, boolean best) {
    listeners.forEach(listener -> listener.evaluated(done, validation, best));
  }
}
