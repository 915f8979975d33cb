package hgn.loss;

import hgn.autograd.Var;
import hgn.autograd.custom.EagerSum;
import hgn.autograd.ops.Arithmetic;
import hgn.autograd.ops.Layout;
import hgn.autograd.ops.Reductions;
import hgn.data.Batch;
import hgn.dynamics.PhaseState;
import hgn.dynamics.Trajectory;
import hgn.model.Hgn;
import hgn.model.MixtureMoments;
import hgn.model.Posterior;
import hgn.nn.Parameters;
import hgn.tensor.Backend;
import hgn.tensor.Shape;
import hgn.tensor.Tensor;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * The loss of an HGN: reconstruction error of the frames along the motion from the inferred state,
 * and divergence of the posteriors from the prior.
 */
public final class HgnLoss implements ModelLoss {
  private final Hgn model;
  private final Settings settings;

  /**
   * Constants of the loss.
   *
   * @param dt time between frames
   * @param framesAtOnce frames of all rollouts decoded at once; 0 for all
   * @param deterministic whether z is the posterior mean and the divergence is omitted
   * @param aggregateWeight weight of the batch's aggregate divergence in the minimised divergence,
   *     see {@link Posterior#aggregateDivergence}
   */
  public record Settings(
      double dt, int framesAtOnce, boolean deterministic, double aggregateWeight) {}

  public HgnLoss(Hgn model, Settings settings) {
    this.model = model;
    this.settings = settings;
  }

  @Override
  public Parameters parameters() {
    return model.parameters();
  }

  @Override
  public LatentTerm latentTerm() {
    return LatentTerm.DIVERGENCE;
  }

  @Override
  public Optional<Shape> noise(Batch batch) {
    return settings.deterministic() ? Optional.empty() : model.latent(batch.size());
  }

  @Override
  public Optional<double[]> states(Batch batch) {
    DecodeSpan span = span(batch);
    return span.isAll(batch.times().length)
        ? Optional.empty()
        : Optional.of(span.states(batch.times()));
  }

  @Override
  public Terms terms(Batch batch, StepInputs inputs) {
    Posterior posterior = posterior(inputs);
    return terms(batch, inputs, posterior, aggregate(posterior));
  }

  private Posterior posterior(StepInputs inputs) {
    return model.encoder().apply(Var.constant(inputs.clips().frames()));
  }

  /** The aggregate divergence of these posteriors, once it is asked for. */
  private Supplier<Var> aggregate(Posterior posterior) {
    return settings.deterministic()
        ? posterior::aggregateDivergenceOfMeans
        : posterior::aggregateDivergence;
  }

  private Terms terms(
      Batch batch, StepInputs inputs, Posterior posterior, Supplier<Var> aggregate) {
    Var eps = inputs.noise() == null ? null : Var.constant(inputs.noise());
    DecodeSpan span = span(batch);
    PhaseState start = model.imagine(posterior.latent(eps));
    Trajectory forward = model.rollout(start, span.ahead() + 1, settings.dt());
    Var all = span.positions(model, forward, settings.dt());
    Var mse = error(chosen(all, inputs.states(), batch), batch, inputs.targets().frames());
    int values = values(batch);
    Var divergence = divergence(posterior, values);
    return new Terms(mse, withAggregate(divergence, aggregate, values), divergence);
  }

  /** Numbers in a sample's decoded frames. */
  private static int values(Batch batch) {
    return batch.window().framesOut() * batch.resolution() * batch.resolution() * batch.colours();
  }

  @Override
  public Part part(Batch part, StepInputs inputs) {
    Posterior posterior = posterior(inputs);
    Posterior pooled = settings.deterministic() ? posterior.ofMeans() : posterior;
    return new Part() {
      @Override
      public Optional<Posterior> pooled() {
        return pools() ? Optional.of(pooled) : Optional.empty();
      }

      @Override
      public Terms terms(MixtureMoments moments) {
        return HgnLoss.this.terms(part, inputs, posterior, () -> moments.share(pooled));
      }
    };
  }

  @Override
  public boolean pools() {
    return settings.aggregateWeight() != 0;
  }

  @Override
  public Terms whole(Batch part, Tensor mse, Tensor reported, MixtureMoments moments) {
    Var divergence = Var.constant(reported);
    Var latent = withAggregate(divergence, () -> moments.divergence(), values(part));
    return new Terms(Var.constant(mse), latent, divergence);
  }

  /**
   * How far to integrate. Recorded steps must all do the same work, so they cover the whole window;
   * otherwise the span of this batch's times suffices.
   */
  private DecodeSpan span(Batch batch) {
    boolean records = model.parameters().backend().recorder().isPresent();
    return records ? DecodeSpan.to(batch.window()) : DecodeSpan.to(batch.times());
  }

  /** Selects the positions of these states for all samples; null selects all. */
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
   * Mean squared error of all frames. They are decoded and differentiated a few at a time to bound
   * the memory of a step.
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
            return Arithmetic.scale(Reductions.sumOfSquares(difference), share);
          });
    }
    return sum.total();
  }

  /** Mean KL divergence of a sample, divided by the number of values in its decoded frames. */
  private Var divergence(Posterior posterior, int valuesPerSample) {
    if (settings.deterministic()) {
      Backend backend = model.parameters().backend();
      return Var.constant(Tensor.full(backend, model.parameters().dtype(), Shape.SCALAR, 0));
    }
    return Arithmetic.scale(posterior.divergence(), 1.0 / valuesPerSample);
  }

  /**
   * Adds the weighted aggregate divergence. Only the plain divergence is reported. A deterministic
   * model has the aggregate divergence too: without noise nothing else sets the scale of z, and the
   * states of all films can stay together in one place, from which a small q learns no motion.
   */
  private Var withAggregate(Var divergence, Supplier<Var> aggregate, int valuesPerSample) {
    if (!pools()) {
      return divergence;
    }
    double share = settings.aggregateWeight() / valuesPerSample;
    return Arithmetic.add(divergence, Arithmetic.scale(aggregate.get(), share));
  }
}
