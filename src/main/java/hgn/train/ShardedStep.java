package hgn.train;

import hgn.autograd.Var;
import hgn.data.Batch;
import hgn.loss.ModelLoss;
import hgn.loss.StepInputs;
import hgn.model.MixtureMoments;
import hgn.nn.Parameter;
import hgn.ranks.Ranks;
import hgn.tensor.Arena;
import hgn.tensor.Backend;
import hgn.tensor.BinaryOp;
import hgn.tensor.PendingDownload;
import hgn.tensor.Recorder;
import hgn.tensor.RepeatedWork;
import hgn.tensor.Shape;
import hgn.tensor.Tensor;
import hgn.tensor.TensorOps;
import hgn.train.sums.PooledMoments;
import hgn.train.sums.ShardSums;
import hgn.train.sums.SumLayout;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.IntStream;

/**
 * A training step whose batch is computed in equal shards, which ranks share. What the shards
 * contribute is summed in a binary tree over the shards, so that a rank's result has the same bits
 * however many ranks there are. Each rank has the whole sum, and makes the same update.
 *
 * <p>Where a device can record, the work before the sum and the work after it are each recorded, as
 * are the passes that tell what a loss pools, see {@link PooledMoments}. All batches must then have
 * the shape of the first and decode the same number of times.
 */
final class ShardedStep implements AutoCloseable {
  /** The flag of a shard that was not finite before those of others could be the cause. */
  private static final double FIRST = 2;

  private final TrainingStep step;
  private final Ranks ranks;
  private final int shards;
  private final SumLayout layout;
  private final ShardSums sums;
  private final PooledMoments moments;
  private final RepeatedWork contribution;
  private final RepeatedWork update;
  private final Arena arena = new Arena("inputs of shards");

  /** Whether every step works on the same memory, and all batches are alike. */
  private final boolean records;

  /** Whether this rank asks to stop: 1, else 0. */
  private final Tensor asked;

  /** What the flag of each own shard is, if it is raised. */
  private final Tensor flags;

  private List<StepInputs> inputs = List.of();
  private StepReport report;
  private long first;

  private boolean stopAgreed;

  /**
   * Creates the step of a batch in {@code shards} shards, of which this rank has its share.
   *
   * @param recorder records the work if there is one
   */
  ShardedStep(TrainingStep step, Ranks ranks, int shards, Optional<Recorder> recorder) {
    this(step, ranks, shards, recorder, layout(step, shards));
  }

  private ShardedStep(
      TrainingStep step, Ranks ranks, int shards, Optional<Recorder> recorder, SumLayout layout) {
    this(
        step,
        ranks,
        shards,
        recorder,
        layout,
        ShardSums.of(ranks, step.modelLoss().parameters(), layout, shards / ranks.size()));
  }

  /** As above, with sums that were made elsewhere, which this closes. */
  ShardedStep(
      TrainingStep step,
      Ranks ranks,
      int shards,
      Optional<Recorder> recorder,
      SumLayout layout,
      ShardSums sums) {
    this.records = recorder.isPresent();
    this.step = records ? step.watchedBy(GradientWatch.NONE) : step;
    this.ranks = ranks;
    this.shards = shards;
    this.layout = layout;
    this.sums = sums;
    this.moments = new PooledMoments(ranks, recorder);
    this.contribution = new RepeatedWork(recorder);
    this.update = new RepeatedWork(recorder);
    try (Arena.Entered owner = arena.enter()) {
      this.asked = zeros(1);
      this.flags = zeros(shards / ranks.size());
    }
  }

  /** The layout of what shards of this step contribute. */
  static SumLayout layout(TrainingStep step, int shards) {
    return new SumLayout(step.modelLoss().parameters().trained(), shards);
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
    try (Arena outer = Arena.open("sharded step")) {
      load(own, number, stop);
      MixtureMoments pooled;
      try (Backend.ConstantFilters until = constantFilters(!records)) { // the update
        List<ModelLoss.Part> begun = new ArrayList<>();
        pooled = step.modelLoss().pools() ? pool(own, begun) : null;
        flags.set(IntStream.range(0, own.size()).mapToDouble(this::flag).toArray());
        contribution.run(() -> contribute(own, begun, pooled));
      }
      Tensor total = sums.total();
      update.run(() -> update(own.get(0), total, pooled, number));
      return finish(total.rows(layout.gradients(), layout.more()));
    }
  }

  /** Writes to the device all that varies from step to step. */
  private void load(List<Batch> own, long number, boolean stop) {
    if (report == null) {
      try (Arena.Entered owner = arena.enter()) {
        report = step.report();
      }
      first = number;
    }
    if (!records) {
      inputs = own.stream().map(step::inputs).toList();
    } else if (inputs.isEmpty()) {
      try (Arena.Entered owner = arena.enter()) {
        inputs = own.stream().map(step::inputs).toList();
      }
    }
    for (int k = 0; k < own.size(); k++) {
      Batch batch = own.get(k);
      step.load(inputs.get(k), batch, number, (ranks.rank() * own.size() + k) * batch.size());
    }
    asked.set(stop ? 1 : 0);
  }

  /**
   * Holds the filters of convolutions, if {@code here} is where to: around all work before the
   * update, or within each recording, whose memory must be free at its end.
   */
  private Backend.ConstantFilters constantFilters(boolean here) {
    return here ? step.backend().constantFilters() : () -> {};
  }

  /**
   * What the loss pools over all shards. A recording keeps nothing, so that the passes over the
   * posteriors and the one over the loss each encode the frames.
   *
   * @param begun takes the own shards' parts that the loss continues, unless steps are recorded
   */
  private MixtureMoments pool(List<Batch> own, List<ModelLoss.Part> begun) {
    int samples = shards * own.get(0).size();
    if (!records) {
      for (int k = 0; k < own.size(); k++) {
        begun.add(part(own, k));
      }
    }
    return moments.over(
        own.size(),
        samples,
        k -> {
          try (Backend.ConstantFilters until = constantFilters(records)) {
            return (records ? part(own, k) : begun.get(k)).pooled().orElseThrow();
          }
        });
  }

  /** Computes own shards. */
  private void contribute(List<Batch> own, List<ModelLoss.Part> begun, MixtureMoments pooled) {
    try (Backend.ConstantFilters until = constantFilters(records)) {
      for (int k = 0; k < own.size(); k++) {
        sums.begin();
        try (Arena shard = Arena.open("shard")) {
          ModelLoss.Part part = begun.isEmpty() ? part(own, k) : begun.get(k);
          add(part.terms(pooled), k, own.size());
        }
      }
    }
  }

  private ModelLoss.Part part(List<Batch> own, int k) {
    return step.modelLoss().part(own.get(k), inputs.get(k));
  }

  private double flag(int k) {
    return moments.isSuspect(k) ? FIRST : 1;
  }

  private Tensor zeros(int count) {
    return Tensor.full(step.backend(), step.modelLoss().parameters().dtype(), Shape.of(count), 0);
  }

  /**
   * Adds what a shard contributes: its gradients, the terms of its loss, a request to stop, and a
   * flag in the place of the shard if a number of these is not finite.
   */
  private void add(ModelLoss.Terms terms, int k, int own) {
    List<Tensor> all = new ArrayList<>();
    step.gradients(terms, (index, gradient) -> sums.put(index, gradient.value()))
        .forEach(gradient -> all.add(gradient.value()));
    all.add(terms.mse().value());
    all.add(terms.reported().value());
    Tensor marks = zeros(all.size());
    TensorOps.markNonFinite(all, marks, 0);
    Tensor raised = TensorOps.clamp(TensorOps.sum(marks), 0, 1).reshape(Shape.of(1));
    Tensor flag = TensorOps.binary(BinaryOp.MUL, raised, flags.rows(k, 1));
    Tensor more = zeros(layout.more());
    put(terms.mse().value(), more, layout.mse());
    put(terms.reported().value(), more, layout.reported());
    put(asked, more, layout.stop());
    put(flag, more, layout.flag(ranks.rank() * own + k));
    sums.end(more);
  }

  private static void put(Tensor number, Tensor into, int place) {
    TensorOps.copyInto(number.reshape(Shape.of(1)), into.rows(place, 1));
  }

  /** Queues the update by the sums over all shards. */
  private void update(Batch like, Tensor total, MixtureMoments pooled, long number) {
    try (Arena work = Arena.open("update")) {
      List<Var> gradients = new ArrayList<>();
      for (int i = 0; i < layout.parameters().size(); i++) {
        Parameter parameter = layout.parameters().get(i);
        Tensor sum = total.rows(layout.from(i), layout.count(i));
        gradients.add(Var.constant(overShards(sum.reshape(parameter.shape()))));
      }
      Tensor mse = overShards(term(total, layout.mse()));
      Tensor reported = overShards(term(total, layout.reported()));
      ModelLoss.Terms terms = step.modelLoss().whole(like, mse, reported, pooled);
      step.update(number, terms, gradients, inputs.get(0).schedule(), report);
    }
  }

  private Tensor term(Tensor total, int place) {
    return total.rows(layout.gradients() + place, 1).reshape(Shape.SCALAR);
  }

  /** Divides by the number of shards; exact, since that is a power of two. */
  private Tensor overShards(Tensor sum) {
    return TensorOps.affine(sum, 1.0 / shards, -0.0); // which keeps the sign of a zero
  }

  /** Waits for the step. */
  private TrainingStep.Losses finish(Tensor more) {
    PendingLosses pending = report.ask(first);
    PendingDownload reading = step.backend().read(more);
    double[] told = reading.values();
    stopAgreed = told[layout.stop()] > 0;
    try {
      TrainingStep.Losses losses = pending.losses();
      step.count();
      return losses;
    } catch (NonFiniteException found) {
      throw located(found, told);
    }
  }

  /** Adds the rank of the first shard with a number that is not finite, if there are several. */
  private NonFiniteException located(NonFiniteException found, double[] told) {
    if (ranks.size() == 1) {
      return found;
    }
    int worst = 0;
    for (int shard = 1; shard < shards; shard++) {
      if (told[layout.flag(shard)] > told[layout.flag(worst)]) {
        worst = shard;
      }
    }
    return told[layout.flag(worst)] == 0
        ? found
        : new NonFiniteException(found, ranks.name(worst / (shards / ranks.size())));
  }

  /** Whether to stop after the last step: at once if this rank is alone, else as all know. */
  boolean isStopAgreed(boolean requested) {
    return ranks.size() == 1 ? requested : stopAgreed;
  }

  /** Operations of the device in the two recordings, once there are. */
  OptionalLong recordedOperations() {
    OptionalLong before = contribution.recordedOperations();
    OptionalLong after = update.recordedOperations();
    return before.isPresent() && after.isPresent()
        ? OptionalLong.of(before.getAsLong() + after.getAsLong())
        : OptionalLong.empty();
  }

  @Override
  public void close() {
    try {
      sums.close(); // first: if an exchange has failed, the device waits for it until then
      moments.close();
      contribution.close();
      update.close();
    } finally {
      arena.close();
    }
  }
}
