package hgn.train;

import hgn.autograd.Gradients;
import hgn.autograd.Var;
import hgn.data.Batch;
import hgn.loss.HgnLoss;
import hgn.loss.LatentTerm;
import hgn.loss.LossWeighting;
import hgn.loss.ModelLoss;
import hgn.loss.StepInputs;
import hgn.model.Hgn;
import hgn.model.Posterior;
import hgn.nn.Adam;
import hgn.nn.GradientNorm;
import hgn.nn.Parameter;
import hgn.nn.ParameterAverage;
import hgn.tensor.Arena;
import hgn.tensor.Tensor;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** One step of training: forward, loss, gradients, update. Nothing of it is left when it ends. */
public final class TrainingStep {
  private final ModelLoss modelLoss;
  private final Adam adam;
  private final LossWeighting weighting;
  private final Settings settings;
  private final Optional<ParameterAverage> average;
  private final GradientWatch watch;

  /**
   * Constants.
   *
   * @param dt time between frames
   * @param rate learning rate of each step
   * @param framesAtOnce frames decoded at once, of all rollouts together; 0 for all
   * @param deterministic whether z is the posterior's mean, and there is no divergence
   * @param seed of the noise on z
   * @param aggregateWeight weight, in the divergence that is minimised, of the whole batch's, see
   *     {@link Posterior#aggregateDivergence}
   * @param clipNorm bound on the norm of all gradients together; 0 for none
   */
  public record Settings(
      double dt,
      RateSchedule rate,
      int framesAtOnce,
      boolean deterministic,
      long seed,
      double aggregateWeight,
      double clipNorm) {
    /** At a constant rate, without the divergence of the batch as a whole. */
    public Settings(double dt, double rate, int framesAtOnce, boolean deterministic, long seed) {
      this(dt, RateSchedule.constant(rate), framesAtOnce, deterministic, seed, 0, 0);
    }

    /** Those of them that an HGN's loss takes. */
    HgnLoss.Settings loss() {
      return new HgnLoss.Settings(dt, framesAtOnce, deterministic, aggregateWeight);
    }
  }

  /**
   * The terms of the loss of one step.
   *
   * @param divergence what the loss has beside the error of pixels, see {@link LatentTerm}
   * @param weight of the constraint or the divergence
   * @param gradientNorm that of all gradients together, before it is bounded
   */
  public record Losses(
      double loss, double mse, double divergence, double weight, double gradientNorm) {}

  /** A step on this model, with this optimiser and objective. */
  public TrainingStep(Hgn model, Adam adam, LossWeighting weighting, Settings settings) {
    this(new HgnLoss(model, settings.loss()), adam, weighting, settings, Optional.empty());
  }

  /**
   * A step of this lesson, with this optimiser and objective.
   *
   * @param average of the parameters, which each step updates
   */
  public TrainingStep(
      ModelLoss modelLoss,
      Adam adam,
      LossWeighting weighting,
      Settings settings,
      Optional<ParameterAverage> average) {
    this(modelLoss, adam, weighting, settings, average, GradientWatch.NONE);
  }

  private TrainingStep(
      ModelLoss modelLoss,
      Adam adam,
      LossWeighting weighting,
      Settings settings,
      Optional<ParameterAverage> average,
      GradientWatch watch) {
    this.modelLoss = modelLoss;
    this.adam = adam;
    this.weighting = weighting;
    this.settings = settings;
    this.average = average;
    this.watch = watch;
  }

  /** The same step, some of whose gradients are looked at where it is waited for. */
  TrainingStep watchedBy(GradientWatch watch) {
    return new TrainingStep(modelLoss, adam, weighting, settings, average, watch);
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
      work(batch, inputs, report, watching(step));
      Losses losses = report.ask(step).losses();
      count();
      return losses;
    }
  }

  /** Tensors for this step's inputs, in the innermost arena. */
  public StepInputs inputs(Batch like) {
    return StepInputs.like(like, modelLoss);
  }

  /** A report for steps of this kind, in the innermost arena. */
  StepReport report() {
    return new StepReport(modelLoss.parameters(), modelLoss.latentTerm());
  }

  /** Writes what the next step takes. */
  public void load(StepInputs inputs, Batch batch, long step) {
    inputs.load(batch, modelLoss.states(batch), adam.schedule(settings.rate().at(step)));
    weighting.load(step);
    average.ifPresent(parameters -> parameters.load(step + 1));
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
    work(batch, inputs, report, gradients -> {});
  }

  private void work(
      Batch batch, StepInputs inputs, StepReport report, Consumer<List<Var>> watching) {
    try (Arena arena = Arena.open("step work")) {
      ModelLoss.Terms terms = modelLoss.terms(batch, inputs);
      LossWeighting.Loss loss = weighting.loss(terms.mse(), terms.latent());
      List<Var> gradients = gradients(loss.total());
      watching.accept(gradients);
      Tensor norm = GradientNorm.of(gradients);
      report.enter(terms.mse(), terms.reported(), loss, norm, gradients);
      Tensor veto = report.veto();
      adam.update(bounded(gradients, norm), inputs.schedule(), veto);
      average.ifPresent(ParameterAverage::update);
      weighting.update(veto);
    }
  }

  private Consumer<List<Var>> watching(long step) {
    if (!watch.wants(step)) {
      return gradients -> {};
    }
    List<Parameter> trained = modelLoss.parameters().trained();
    return gradients -> {
      for (int i = 0; i < trained.size(); i++) {
        watch.see(step, trained.get(i), gradients.get(i).value());
      }
    };
  }

  private List<Var> bounded(List<Var> gradients, Tensor norm) {
    return settings.clipNorm() == 0
        ? gradients
        : GradientNorm.clipped(gradients, norm, settings.clipNorm());
  }

  /**
   * Zeros where the loss does not depend on a parameter: the variance of a deterministic model, a
   * constant added to the energy, the whole energy where the inferred frame alone is decoded.
   */
  private List<Var> gradients(Var loss) {
    return Gradients.orZero(loss, modelLoss.parameters().vars(), false);
  }
}
