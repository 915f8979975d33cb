package hgn.train;

import hgn.autograd.Var;
import hgn.data.Batch;
import hgn.loss.ModelLoss;
import hgn.loss.StepInputs;
import hgn.model.MixtureMoments;
import hgn.model.Posterior;
import hgn.nn.Parameter;
import hgn.ranks.Ranks;
import hgn.ranks.TreeSum;
import hgn.tensor.Arena;
import hgn.tensor.Backend;
import hgn.tensor.Shape;
import hgn.tensor.Tensor;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.BiFunction;

/**
 * A training step whose batch is computed in equal shards, which ranks share. What the shards
 * contribute is summed in a binary tree over the shards, so that a rank's result has the same bits
 * however many ranks there are. Each rank has the whole sum, and makes the same update.
 */
final class ShardedStep implements AutoCloseable {
  /** The flag of a shard that was not finite before those of others could be the cause. */
  private static final float FIRST = 2;

  private final TrainingStep step;
  private final Ranks ranks;
  private final int shards;
  private final ShardSums sums;
  private final TreeSum moments;

  /** Own shards whose posteriors were not finite before those of others reached them. */
  private final Set<Integer> suspects = new HashSet<>();

  private boolean stopAgreed;

  /** A shard whose posteriors are known. */
  private record Begun(StepInputs inputs, ModelLoss.Part part) {}

  /** Creates the step of a batch in {@code shards} shards, of which this rank has its share. */
  ShardedStep(TrainingStep step, Ranks ranks, int shards) {
    this.step = step;
    this.ranks = ranks;
    this.shards = shards;
    this.sums =
        new ShardSums(
            ranks, step.modelLoss().parameters().trained(), layout().flag(shards) - layout().mse());
    this.moments = new TreeSum(ranks);
  }

  /**
   * Trains on one batch and waits for the result.
   *
   * @param own this rank's shards of it
   * @param number number of the step, which selects the noise
   * @param stop whether this rank asks to stop after this step
   * @throws NonFiniteException if a term of the loss or a gradient is not finite, on every rank;
   *     parameters, moments and objective are then as before
   */
  TrainingStep.Losses run(List<Batch> own, long number, boolean stop) {
    try (Arena arena = Arena.open("sharded step")) {
      StepReport report = step.report();
      Begun first;
      MixtureMoments pooled;
      try (Backend.ConstantFilters until = step.backend().constantFilters()) { // the update, below
        first = begin(own, 0, number);
        List<Begun> begun = new ArrayList<>(List.of(first));
        pooled = first.part().pooled().isPresent() ? pool(own, begun, number) : null;
        for (int k = 0; k < own.size(); k++) {
          try (Arena shard = Arena.open("shard")) {
            Begun next = k < begun.size() ? begun.get(k) : begin(own, k, number);
            add(next.part().terms(pooled), k, own.size(), stop);
          }
        }
      }
      return finish(first, pooled, number, report);
    }
  }

  private Begun begin(List<Batch> own, int k, long number) {
    Batch batch = own.get(k);
    StepInputs inputs = step.inputs(batch);
    int shard = ranks.rank() * own.size() + k;
    step.load(inputs, batch, number, shard * batch.size());
    return new Begun(inputs, step.modelLoss().part(batch, inputs));
  }

  /** Begins all shards and exchanges the moments of their posteriors. */
  private MixtureMoments pool(List<Batch> own, List<Begun> begun, long number) {
    for (int k = begun.size(); k < own.size(); k++) {
      begun.add(begin(own, k, number));
    }
    suspects.clear();
    int count = shards * own.get(0).size();
    Tensor mean = mean(begun, count, (part, none) -> MixtureMoments.means(part), null);
    Tensor variance = mean(begun, count, MixtureMoments::spreads, mean);
    return new MixtureMoments(mean, variance, count);
  }

  private Tensor mean(
      List<Begun> begun, int count, BiFunction<Posterior, Tensor, Tensor> term, Tensor given) {
    boolean sound = given == null || isFinite(given.toFloats());
    Shape shape = null;
    for (int k = 0; k < begun.size(); k++) {
      Tensor own = term.apply(begun.get(k).part().pooled().orElseThrow(), given);
      shape = own.shape();
      float[] values = own.toFloats();
      if (sound && !isFinite(values)) {
        suspects.add(k);
      }
      moments.add(values);
    }
    float[] total = moments.total();
    for (int i = 0; i < total.length; i++) {
      total[i] /= count;
    }
    return tensor(shape, total);
  }

  private Tensor tensor(Shape shape, float... values) {
    return Tensor.of(step.backend(), step.modelLoss().parameters().dtype(), shape, values);
  }

  /**
   * Adds what a shard contributes: its gradients, the terms of its loss, a request to stop, and a
   * flag in the place of the shard if a number of these is not finite.
   */
  private void add(ModelLoss.Terms terms, int k, int own, boolean stop) {
    boolean last = k == own - 1;
    boolean[] finite = {true};
    sums.begin();
    step.gradients(
        terms,
        (index, gradient) -> {
          float[] values = gradient.value().toFloats();
          finite[0] &= isFinite(values);
          sums.put(index, values, last);
        });
    Layout at = new Layout(0);
    float[] more = new float[at.flag(shards)];
    more[at.mse()] = (float) terms.mse().value().item();
    more[at.reported()] = (float) terms.reported().value().item();
    if (!finite[0] || !isFinite(more)) {
      more[at.flag(ranks.rank() * own + k)] = suspects.contains(k) ? FIRST : 1;
    }
    more[at.stop()] = stop ? 1 : 0;
    sums.end(more, last);
  }

  private static boolean isFinite(float... values) {
    for (float value : values) {
      if (!Float.isFinite(value)) {
        return false;
      }
    }
    return true;
  }

  private Layout layout() {
    long gradients =
        step.modelLoss().parameters().trained().stream().mapToLong(p -> p.shape().count()).sum();
    return new Layout(Math.toIntExact(gradients));
  }

  /** Where the numbers are that follow the gradients. */
  private record Layout(int mse) {
    int reported() {
      return mse + 1;
    }

    int stop() {
      return mse + 2;
    }

    int flag(int shard) {
      return mse + 3 + shard;
    }
  }

  private TrainingStep.Losses finish(
      Begun first, MixtureMoments pooled, long number, StepReport report) {
    float[] total = sums.total();
    Layout layout = layout();
    for (int i = 0; i < layout.stop(); i++) {
      total[i] /= shards; // exact: a power of two
    }
    List<Var> gradients = new ArrayList<>();
    int at = 0;
    for (Parameter parameter : step.modelLoss().parameters().trained()) {
      float[] values = new float[Math.toIntExact(parameter.shape().count())];
      System.arraycopy(total, at, values, 0, values.length);
      at += values.length;
      gradients.add(Var.constant(tensor(parameter.shape(), values)));
    }
    Tensor mse = tensor(Shape.SCALAR, total[layout.mse()]);
    Tensor reported = tensor(Shape.SCALAR, total[layout.reported()]);
    ModelLoss.Terms terms = first.part().whole(mse, reported, pooled);
    step.update(number, terms, gradients, first.inputs().schedule(), report);
    stopAgreed = total[layout.stop()] > 0;
    try {
      TrainingStep.Losses losses = report.ask(number).losses();
      step.count();
      return losses;
    } catch (NonFiniteException found) {
      throw located(found, total, layout);
    }
  }

  /** Adds the rank of the first shard with a number that is not finite, if there are several. */
  private NonFiniteException located(NonFiniteException found, float[] total, Layout layout) {
    if (ranks.size() == 1) {
      return found;
    }
    int first = 0;
    for (int shard = 1; shard < shards; shard++) {
      if (total[layout.flag(shard)] > total[layout.flag(first)]) {
        first = shard;
      }
    }
    return total[layout.flag(first)] == 0
        ? found
        : new NonFiniteException(found, ranks.name(first / (shards / ranks.size())));
  }

  /** Whether to stop after the last step: at once if this rank is alone, else as all know. */
  boolean isStopAgreed(boolean requested) {
    return ranks.size() == 1 ? requested : stopAgreed;
  }

  @Override
  public void close() {
    sums.close();
  }
}
