package hgn.train;

import hgn.predict.Estimate;
import java.util.List;
import java.util.Map;

/** Tells each of several listeners. */
record EachListener(List<TrainingListener> listeners) implements TrainingListener {
  @Override
  public void begins(long done) {
    listeners.forEach(listener -> listener.begins(done));
  }

  @Override
  public void stepped(long done, long total, TrainingStep.Losses losses) {
    listeners.forEach(listener -> listener.stepped(done, total, losses));
  }

  @Override
  public void logged(long done, Map<String, Double> values) {
    listeners.forEach(listener -> listener.logged(done, values));
  }

  @Override
  public boolean watchesGradients() {
    return listeners.stream().anyMatch(TrainingListener::watchesGradients);
  }

  @Override
  public void differentiated(long done, String network, float[] gradient) {
    listeners.forEach(listener -> listener.differentiated(done, network, gradient));
  }

  @Override
  public void evaluated(long done, Estimate validation, boolean best) {
    listeners.forEach(listener -> listener.evaluated(done, validation, best));
  }
}
