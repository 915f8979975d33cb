package hgn.train;

import hgn.nn.Adam;
import hgn.nn.Parameter;
import hgn.nn.ParameterAverage;
import hgn.ranks.Messages;
import hgn.ranks.Ranks;
import hgn.run.Checkpoint;
import hgn.tensor.Tensor;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Everything that training changes, as rank 0 has it, on all ranks. */
final class TrainingState {
  private static final int POSITION_BYTES = 3 * Long.BYTES;

  private TrainingState() {}

  /**
   * Gives all ranks the parameters, moments, averages and objective of rank 0, and its position.
   *
   * @param position that of this rank; only that of rank 0 counts
   */
  static Checkpoint.Position fromFirst(
      Ranks ranks, Experiment experiment, Checkpoint.Position position) {
    if (ranks.size() == 1) {
      return position;
    }
    List<Tensor> tensors = tensors(experiment);
    Map<String, Double> objective = new TreeMap<>(experiment.weighting().state());
    byte[] own = ranks.isFirst() ? bytes(tensors, objective) : new byte[0];
    byte[] told = Messages.fromFirst(ranks, own);
    Checkpoint.Position now = position(ranks, position);
    if (!ranks.isFirst()) {
      take(ByteBuffer.wrap(told), tensors, objective);
      experiment.weighting().restore(objective);
      experiment.adam().restoreSteps(now.steps());
    }
    return now;
  }

  private static List<Tensor> tensors(Experiment experiment) {
    List<Tensor> tensors = new ArrayList<>();
    for (Parameter parameter : experiment.model().parameters().all()) {
      tensors.add(parameter.value());
    }
    for (Adam.Slot slot : experiment.adam().slots()) {
      tensors.add(slot.first());
      tensors.add(slot.second());
    }
    experiment
        .average()
        .ifPresent(
            average ->
                average.slots().stream().map(ParameterAverage.Slot::average).forEach(tensors::add));
    return tensors;
  }

  private static byte[] bytes(List<Tensor> tensors, Map<String, Double> objective) {
    long floats = tensors.stream().mapToLong(tensor -> tensor.shape().count()).sum();
    ByteBuffer bytes =
        ByteBuffer.allocate(
            Math.toIntExact(floats * Float.BYTES + objective.size() * (long) Double.BYTES));
    for (Tensor tensor : tensors) {
      for (float value : tensor.toFloats()) {
        bytes.putFloat(value);
      }
    }
    objective.values().forEach(bytes::putDouble);
    return bytes.array();
  }

  private static void take(ByteBuffer bytes, List<Tensor> tensors, Map<String, Double> objective) {
    for (Tensor tensor : tensors) {
      float[] values = new float[Math.toIntExact(tensor.shape().count())];
      for (int i = 0; i < values.length; i++) {
        values[i] = bytes.getFloat();
      }
      tensor.set(values);
    }
    objective.replaceAll((key, old) -> bytes.getDouble());
  }

  /** The position of rank 0, on all ranks. */
  static Checkpoint.Position position(Ranks ranks, Checkpoint.Position position) {
    if (ranks.size() == 1) {
      return position;
    }
    ByteBuffer own = ByteBuffer.allocate(POSITION_BYTES);
    own.putLong(position.steps()).putDouble(position.bestMse()).putLong(position.bestStep());
    ByteBuffer told = ByteBuffer.wrap(Messages.fromFirst(ranks, own.array()));
    return new Checkpoint.Position(told.getLong(), told.getDouble(), told.getLong());
  }
}
