package hgn.train;

import hgn.autograd.EagerSum;
import hgn.autograd.Gradients;
import hgn.autograd.Var;
import hgn.autograd.ops.Arithmetic;
import hgn.autograd.ops.Functions;
import hgn.autograd.ops.Layout;
import hgn.autograd.ops.Reductions;
import hgn.model.Hgn;
import hgn.model.Posterior;
import hgn.nn.Adam;
import hgn.tensor.Arena;
import hgn.tensor.Backend;
import hgn.tensor.Shape;
import hgn.tensor.Tensor;
import java.util.List;

/** One step of training: forward, loss, gradients, update. Nothing of it is left when it ends. */
public final class TrainingStep {
  private final Hgn model;
  private final Adam adam;
  private final Objective objective;
  private final Settings settings;

  /**
   * Constants.
   *
   * @param dt time between frames
   * @param rate learning rate
   * @param framesAtOnce frames decoded at once, of all rollouts together; 0 for all
   * @param deterministic whether z is the posterior's mean, and there is no divergence
   * @param seed of the noise on z
   * @param aggregateWeight weight, in the divergence that is minimised, of the whole batch's, see
   *     {@link Posterior#aggregateDivergence}
   */
  public record Settings(
      double dt,
      double rate,
      int framesAtOnce,
      boolean deterministic,
      long seed,
      double aggregateWeight) {
    /** Without the divergence of the batch as a whole. */
    public Settings(double dt, double rate, int framesAtOnce, boolean deterministic, long seed) {
      this(dt, rate, framesAtOnce, deterministic, seed, 0);
    }
  }

  /** The terms of the loss of one step. */
  public record Losses(double loss, double mse, double divergence, double weight) {}

  /** A step on this model, with this optimiser and objective. */
  public TrainingStep(Hgn model, Adam adam, Objective objective, Settings settings) {
    this.model = model;
    this.adam = adam;
    this.objective = objective;
    this.settings = settings;
  }

  /**
   * Trains on one batch and waits for it.
   *
   * @param step number of the step, which selects the noise
   * @throws NonFiniteException if a term of the loss or a gradient is not finite; parameters,
   *     moments and objective are then as before
   */
  public Losses run(Batch batch, long step) {
    return run(batch, step, null);
  }

  /** As {@link #run(Batch, long)}, with noise given instead of drawn if not null. */
  public Losses run(Batch batch, long step, double[] noise) {
    try (Arena arena = Arena.open("training step")) {
      StepInputs inputs = inputs(batch);
      StepReport report = report();
      load(inputs, batch, step);
      if (noise != null) {
        inputs.noise().set(noise);
      }
      work(batch, inputs, report);
      Losses losses = report.ask(step).losses();
      count();
      return losses;
    }
  }

  /** Tensors for this step's inputs, in the innermost arena. */
  StepInputs inputs(Batch like) {
    return StepInputs.like(like, model, settings.deterministic(), reach(like));
  }

  /** A report for steps of this kind, in the innermost arena. */
  StepReport report() {
    return new StepReport(model.parameters());
  }

  /** Writes what the next step takes. */
  void load(StepInputs inputs, Batch batch, long step) {
    inputs.load(batch, reach(batch), adam.schedule(settings.rate()));
    inputs.drawNoise(settings.seed(), step);
  }

  /** Counts a step whose work has been queued. */
  void count() {
    adam.count();
  }

  /**
   * How far to follow the motion. Where steps are recorded they must all do the same work, whatever
   * times are drawn; else as far as this batch's times need.
   */
  private Reach reach(Batch batch) {
    boolean records = model.parameters().backend().recorder().isPresent();
    return records ? Reach.to(batch.window()) : Reach.to(batch.times());
  }

  /**
   * Queues all work of a step, and waits for none of it. On a backend that can record it, it
   * depends on the batch's shape alone: frames, times, noise and constants come from {@code
   * inputs}.
   */
  void work(Batch batch, StepInputs inputs, StepReport report) {
    try (Arena arena = Arena.open("step work")) {
      Var eps = inputs.noise() == null ? null : Var.constant(inputs.noise());
      Var clips = Var.constant(inputs.clips().frames());
      Reach reach = reach(batch);
      Hgn.Motion motion = model.infer(clips, eps, reach.ahead() + 1, settings.dt());
      Var all = reach.positions(model, motion.states(), settings.dt());
      Var mse = error(chosen(all, inputs.states(), batch), batch, inputs.targets().frames());
      int frameValues = batch.resolution() * batch.resolution() * batch.colours();
      int values = batch.window().framesOut() * frameValues;
      Var divergence = divergence(motion.posterior(), values);
      Objective.Loss loss =
          objective.loss(mse, withAggregate(divergence, motion.posterior(), values));
      List<Var> gradients = gradients(loss.total());
      report.enter(mse, divergence, loss, gradients);
      Tensor veto = report.veto();
      adam.update(gradients, inputs.schedule(), veto);
      objective.update(veto);
    }
  }

  /** The positions of these states, of all samples; of all states if {@code states} is null. */
  private static Var chosen(Var positions, Tensor states, Batch batch) {
    if (states == null) {
      return positions;
    }
    Shape shape = positions.shape();
    int count = shape.dim(0) / batch.size();
    int length = Math.toIntExact(shape.count() / count);
    Var chosen = Layout.gatherRows(Layout.reshape(positions, Shape.of(count, length)), states);
    return Layout.reshape(chosen, shape.with(0, batch.times().length * batch.size()));
  }

  /**
   * Mean squared error of all frames, decoded and differentiated a few at a time, so that a step
   * needs the memory of those few.
   *
   * @param positions (T * N, height, width, channels)
   */
  private Var error(Var positions, Batch batch, Tensor targets) {
    EagerSum sum = new EagerSum("reconstruction error", model.parameters().vars("decoder."));
    int times = batch.times().length;
    int atOnce = settings.framesAtOnce() == 0 ? times : settings.framesAtOnce() / batch.size();
    for (int from = 0; from < times; from += Math.max(1, atOnce)) {
      int first = from * batch.size();
      int count = Math.min(Math.max(1, atOnce), times - from) * batch.size();
      Var truth = Var.constant(targets.rows(first, count));
      double share = 1.0 / batch.targetShape().count();
      sum.add(
          List.of(Layout.rows(positions, first, count)),
          q -> {
            Var difference = Arithmetic.sub(model.decoder().apply(q.get(0)), truth);
            return Arithmetic.scale(Reductions.sum(Functions.square(difference)), share);
          });
    }
    return sum.total();
  }

  /** KL divergence of a sample, per pixel and colour of its decoded frames. */
  private Var divergence(Posterior posterior, int valuesPerSample) {
    if (settings.deterministic()) {
      Backend backend = model.parameters().backend();
      return Var.constant(Tensor.full(backend, model.parameters().dtype(), Shape.SCALAR, 0));
    }
    return Arithmetic.scale(posterior.divergence(), 1.0 / valuesPerSample);
  }

  /** What is minimised beside the error; the divergence alone is what is reported. */
  private Var withAggregate(Var divergence, Posterior posterior, int valuesPerSample) {
    if (settings.deterministic() || settings.aggregateWeight() == 0) {
      return divergence;
    }
    double share = settings.aggregateWeight() / valuesPerSample;
    return Arithmetic.add(divergence, Arithmetic.scale(posterior.aggregateDivergence(), share));
  }

  /**
   * Zeros where the loss does not depend on a parameter: the variance of a deterministic model, a
   * constant added to the energy, the whole energy where the inferred frame alone is decoded.
   */
  private List<Var> gradients(Var loss) {
    return Gradients.orZero(loss, model.parameters().vars(), false);
  }
}
