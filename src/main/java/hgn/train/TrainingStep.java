package hgn.train;

import hgn.autograd.EagerSum;
import hgn.autograd.Gradients;
import hgn.autograd.Var;
import hgn.autograd.ops.Arithmetic;
import hgn.autograd.ops.Functions;
import hgn.autograd.ops.Reductions;
import hgn.model.Hgn;
import hgn.model.PhaseState;
import hgn.model.Posterior;
import hgn.nn.Adam;
import hgn.tensor.Arena;
import hgn.tensor.Backend;
import hgn.tensor.DType;
import hgn.tensor.Shape;
import hgn.tensor.Tensor;
import hgn.tensor.TensorOps;
import java.util.Arrays;
import java.util.List;

/** One step of training: forward, loss, gradients, update. Nothing of it is left when it ends. */
public final class TrainingStep {
  /** Keeps the streams of the noise apart from others under the same seed. */
  private static final long NOISE_STREAM = 1L << 49;

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
   */
  public record Settings(
      double dt, double rate, int framesAtOnce, boolean deterministic, long seed) {}

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
   * Trains on one batch.
   *
   * @param step number of the step, which selects the noise
   * @throws NonFiniteException if a term of the loss or a gradient is not finite; the parameters
   *     are then as before, and where it is the error or the divergence so is the objective
   */
  public Losses run(Batch batch, long step) {
    return run(batch, step, null);
  }

  /** As {@link #run(Batch, long)}, with noise given instead of drawn if not null. */
  public Losses run(Batch batch, long step, double[] noise) {
    Backend backend = model.parameters().backend();
    DType dtype = model.parameters().dtype();
    try (Arena arena = Arena.open("training step")) {
      Var clips = Var.constant(Tensor.of(backend, dtype, batch.clipShape(), batch.clips()));
      Tensor targets = Tensor.of(backend, dtype, batch.targetShape(), batch.targets());
      Var eps = settings.deterministic() ? null : noise(batch.size(), step, noise);
      int last = Math.max(0, batch.times()[batch.times().length - 1]);
      Hgn.Motion motion = model.infer(clips, eps, last + 1, settings.dt());

      Var mse = error(positions(motion.states(), batch.times()), batch, targets);
      int frameValues = batch.resolution() * batch.resolution() * batch.colours();
      Var divergence = divergence(motion.posterior(), batch.window().framesOut() * frameValues);
      // before the objective sees them: its average would never recover
      requireFinite(step, "reconstruction error (MSE)", mse);
      requireFinite(step, "divergence (KL)", divergence);
      double weight = objective.weight();
      Var loss = objective.loss(mse, divergence);
      requireFinite(step, "loss", loss);

      List<Var> gradients = gradients(loss);
      requireFinite(step, gradients);
      adam.step(gradients, settings.rate());
      return new Losses(loss.item(), mse.item(), divergence.item(), weight);
    }
  }

  /** The positions q at these times; those before the inferred state are reached backward. */
  private List<Var> positions(List<PhaseState> future, int[] times) {
    int first = Math.min(0, times[0]);
    List<PhaseState> past = model.rollout(future.get(0), 1 - first, -settings.dt());
    return Arrays.stream(times)
        .mapToObj(t -> t < 0 ? past.get(-t).q() : future.get(t).q())
        .toList();
  }

  /**
   * Mean squared error of all frames, decoded and differentiated a few at a time, so that a step
   * needs the memory of those few.
   */
  private Var error(List<Var> positions, Batch batch, Tensor targets) {
    EagerSum sum = new EagerSum("reconstruction error", model.parameters().vars("decoder."));
    int times = batch.times().length;
    int atOnce = settings.framesAtOnce() == 0 ? times : settings.framesAtOnce() / batch.size();
    for (int from = 0; from < times; from += Math.max(1, atOnce)) {
      int count = Math.min(Math.max(1, atOnce), times - from);
      Var truth = Var.constant(targets.rows(from * batch.size(), count * batch.size()));
      double share = 1.0 / batch.targets().length;
      sum.add(
          positions.subList(from, from + count),
          q -> {
            Var difference = Arithmetic.sub(model.decodePositions(q), truth);
            return Arithmetic.scale(Reductions.sum(Functions.square(difference)), share);
          });
    }
    return sum.total();
  }

  private Var noise(int batch, long step, double[] given) {
    Backend backend = model.parameters().backend();
    DType dtype = model.parameters().dtype();
    int size = model.spec().latentSize();
    Shape shape = Shape.of(batch, size, size, model.spec().latent());
    return Var.constant(
        given == null
            ? TensorOps.normal(backend, dtype, shape, settings.seed(), NOISE_STREAM + step)
            : Tensor.of(backend, dtype, shape, given));
  }

  /** KL divergence of a sample, per pixel and colour of its decoded frames. */
  private Var divergence(Posterior posterior, int valuesPerSample) {
    if (settings.deterministic()) {
      Backend backend = model.parameters().backend();
      return Var.constant(Tensor.full(backend, model.parameters().dtype(), Shape.SCALAR, 0));
    }
    return Arithmetic.scale(posterior.divergence(), 1.0 / valuesPerSample);
  }

  /**
   * Zeros where the loss does not depend on a parameter: the variance of a deterministic model, a
   * constant added to the energy, the whole energy where the inferred frame alone is decoded.
   */
  private List<Var> gradients(Var loss) {
    return Gradients.orZero(loss, model.parameters().vars(), false);
  }

  private static void requireFinite(long step, String term, Var value) {
    if (!Double.isFinite(value.item())) {
      throw new NonFiniteException(step, term, value.item());
    }
  }

  private void requireFinite(long step, List<Var> gradients) {
    int i = 0;
    for (var parameter : model.parameters().all()) {
      if (!TensorOps.allFinite(gradients.get(i++).value())) {
        throw new NonFiniteException(step, "gradient of " + parameter.name());
      }
    }
  }
}
