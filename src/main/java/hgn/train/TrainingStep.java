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
import hgn.nn.Adam;
import hgn.nn.GradientNorm;
import hgn.nn.Parameter;
import hgn.nn.ParameterAverage;
import hgn.tensor.Arena;
import hgn.tensor.Backend;
import hgn.tensor.Tensor;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** One training step: forward pass, loss, gradients, update. Frees all its memory at the end. */
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
   * @param rate learning rate schedule
   * @param framesAtOnce frames of all rollouts decoded at once; 0 for all
   * @param deterministic whether z is the posterior mean and the divergence is omitted
   * @param seed seed of the noise on z
   * @param aggregateWeight weight of the batch's aggregate divergence, see {@link
   *     hgn.model.Posterior#aggregateDivergence}
   * @param clipNorm bound on the global norm of the gradients; 0 for none
   */
  public record Settings(
      double dt,
      LearningRateSchedule rate,
      int framesAtOnce,
      boolean deterministic,
      long seed,
      double aggregateWeight,
      double clipNorm) {
    /** Settings with a constant rate and without the aggregate divergence. */
    public Settings(double dt, double rate, int framesAtOnce, boolean deterministic, long seed) {
      this(dt, LearningRateSchedule.constant(rate), framesAtOnce, deterministic, seed, 0, 0);
    }

    /** The settings of an HGN's loss. */
    HgnLoss.Settings loss() {
      return new HgnLoss.Settings(dt, framesAtOnce, deterministic, aggregateWeight);
    }
  }

  /**
   * The terms of the loss of one step.
   *
   * @param divergence the term besides the reconstruction error, see {@link LatentTerm}
   * @param weight weight of the constraint or the divergence
   * @param gradientNorm global norm of the gradients, before clipping
   */
  public record Losses(
      double loss, double mse, double divergence, double weight, double gradientNorm) {}

  /** Creates a step of an HGN. */
  public TrainingStep(Hgn model, Adam adam, LossWeighting weighting, Settings settings) {
    this(new HgnLoss(model, settings.loss()), adam, weighting, settings, Optional.empty());
  }

  /**
   * Creates a step of any model.
   *
   * @param average average of the parameters, updated by each step
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
   * Trains on one batch and waits for the result.
   *
   * @param step number of the step, which selects the noise
   * @throws NonFiniteException if a term of the loss or a gradient is not finite; parameters,
   *     moments and objective are then as before
   */
  public Losses run(Batch batch, long step) {
    return run(batch, step, null);
  }

  /** As {@link #run(Batch, long)}, with the given noise unless it is null. */
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

  /** Allocates tensors for this step's inputs in the innermost arena. */
  public StepInputs inputs(Batch like) {
    return StepInputs.like(like, modelLoss);
  }

  /** Creates a report for steps of this kind in the innermost arena. */
  StepReport report() {
    return new StepReport(modelLoss.parameters(), modelLoss.latentTerm());
  }

  /** Uploads the inputs of the next step. */
  public void load(StepInputs inputs, Batch batch, long step) {
    loadAllButNoise(inputs, batch, step);
    inputs.drawNoise(settings.seed(), step);
  }

  /** As above, for a part of a larger batch whose first sample is number {@code first} of that. */
  void load(StepInputs inputs, Batch part, long step, int first) {
    loadAllButNoise(inputs, part, step);
    inputs.drawNoise(settings.seed(), step, first);
  }

  private void loadAllButNoise(StepInputs inputs, Batch batch, long step) {
    inputs.load(batch, modelLoss.states(batch), adam.schedule(settings.rate().at(step)));
    weighting.load(step);
    average.ifPresent(parameters -> parameters.load(step + 1));
  }

  /** Counts a step whose work has been queued. */
  void count() {
    adam.count();
  }

  /**
   * Queues all work of a step without waiting. On a backend that can record, the work depends only
   * on the batch's shape: frames, times, noise and constants come from {@code inputs}.
   */
  void work(Batch batch, StepInputs inputs, StepReport report) {
    work(batch, inputs, report, gradients -> {});
  }

  private void work(
      Batch batch, StepInputs inputs, StepReport report, Consumer<List<Var>> watching) {
    try (Arena arena = Arena.open("step work")) {
      ModelLoss.Terms terms;
      LossWeighting.Loss loss;
      List<Var> gradients;
      try (Backend.ConstantFilters until = backend().constantFilters()) { // the update, below
        terms = modelLoss.terms(batch, inputs);
        loss = weighting.loss(terms.mse(), terms.latent());
        gradients = gradients(loss.total());
      }
      watching.accept(gradients);
      update(terms, loss, gradients, inputs.schedule(), report);
    }
  }

  /** Queues the update by these gradients, and enters the terms into the report. */
  private void update(
      ModelLoss.Terms terms,
      LossWeighting.Loss loss,
      List<Var> gradients,
      Tensor schedule,
      StepReport report) {
    Tensor norm = GradientNorm.of(gradients);
    report.enter(terms.mse(), terms.reported(), loss, norm, gradients);
    Tensor veto = report.veto();
    adam.update(bounded(gradients, norm), schedule, veto);
    average.ifPresent(ParameterAverage::update);
    weighting.update(veto);
  }

  /**
   * The update of step {@code step} by gradients that were computed elsewhere.
   *
   * @param terms those of the whole batch
   */
  void update(
      long step, ModelLoss.Terms terms, List<Var> gradients, Tensor schedule, StepReport report) {
    watching(step).accept(gradients);
    update(terms, weighting.loss(terms.mse(), terms.latent()), gradients, schedule, report);
  }

  /**
   * The gradients of the objective of these terms.
   *
   * @param arrival told of each as soon as it is complete
   */
  List<Var> gradients(ModelLoss.Terms terms, Gradients.Arrival arrival) {
    Var loss = weighting.loss(terms.mse(), terms.latent()).total();
    return Gradients.orZero(loss, modelLoss.parameters().vars(), arrival);
  }

  /** The loss that is minimised. */
  ModelLoss modelLoss() {
    return modelLoss;
  }

  Backend backend() {
    return modelLoss.parameters().backend();
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
   * Gradients, zero for parameters that do not affect the loss: the variance of a deterministic
   * model, an additive constant of the energy, or the whole energy if only the inferred frame is
   * decoded.
   */
  private List<Var> gradients(Var loss) {
    return Gradients.orZero(loss, modelLoss.parameters().vars(), false);
  }
}
