package hgn.train;

import hgn.autograd.Gradients;
import hgn.autograd.Var;
import hgn.model.Hgn;
import hgn.model.Posterior;
import hgn.nn.Adam;
import hgn.tensor.Arena;
import hgn.tensor.Tensor;
import java.util.List;

/** One step of training: forward, loss, gradients, update. Nothing of it is left when it ends. */
public final class TrainingStep {
  private final Lesson lesson;
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

  /**
   * The terms of the loss of one step.
   *
   * @param divergence what the loss has beside the error of pixels, see {@link LatentTerm}
   * @param weight of the constraint or the divergence
   */
  public record Losses(double loss, double mse, double divergence, double weight) {}

  /** A step on this model, with this optimiser and objective. */
  public TrainingStep(Hgn model, Adam adam, Objective objective, Settings settings) {
    this(new HgnLesson(model, settings), adam, objective, settings);
  }

  /** A step of this lesson, with this optimiser and objective. */
  TrainingStep(Lesson lesson, Adam adam, Objective objective, Settings settings) {
    this.lesson = lesson;
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
    return StepInputs.like(like, lesson);
  }

  /** A report for steps of this kind, in the innermost arena. */
  StepReport report() {
    return new StepReport(lesson.parameters(), lesson.latentTerm());
  }

  /** Writes what the next step takes. */
  void load(StepInputs inputs, Batch batch, long step) {
    inputs.load(batch, lesson.states(batch), adam.schedule(settings.rate()));
    inputs.drawNoise(settings.seed(), step);
  }

  /** Counts a step whose work has been queued. */
  void count() {
    adam.count();
  }

  /**
   * Queues all work of a step, and waits for none of it. On a backend that can record it, it
   * depends on the batch's shape alone: frames, times, noise and constants come from {@code
   * inputs}.
   */
  void work(Batch batch, StepInputs inputs, StepReport report) {
    try (Arena arena = Arena.open("step work")) {
      Lesson.Terms terms = lesson.terms(batch, inputs);
      Objective.Loss loss = objective.loss(terms.mse(), terms.latent());
      List<Var> gradients = gradients(loss.total());
      report.enter(terms.mse(), terms.reported(), loss, gradients);
      Tensor veto = report.veto();
      adam.update(gradients, inputs.schedule(), veto);
      objective.update(veto);
    }
  }

  /**
   * Zeros where the loss does not depend on a parameter: the variance of a deterministic model, a
   * constant added to the energy, the whole energy where the inferred frame alone is decoded.
   */
  private List<Var> gradients(Var loss) {
    return Gradients.orZero(loss, lesson.parameters().vars(), false);
  }
}
