package hgn.loss;

import hgn.autograd.Var;
import hgn.autograd.ops.Arithmetic;
import hgn.autograd.ops.Functions;
import hgn.autograd.ops.Layout;
import hgn.autograd.ops.Reductions;
import hgn.data.Batch;
import hgn.dynamics.PhaseState;
import hgn.model.Hnn;
import hgn.model.MixtureMoments;
import hgn.model.Posterior;
import hgn.nn.Parameters;
import hgn.tensor.Shape;
import hgn.tensor.Tensor;
import java.util.List;
import java.util.Optional;

/**
 * The loss of an HNN. It learns from pairs of consecutive frames and the pairs one frame later
 * (primed). With z = (q, p) the state of a pair x, and x^ its reconstruction, it minimises
 *
 * <pre>
 * MSE(x, x^) + |p - (q' - q)|^2 + 0.1 |z' - (z + dz/dt)|^2
 * </pre>
 *
 * where each term is a mean over samples and elements. So p becomes the change of q per frame; the
 * frame is the unit of time.
 */
public final class HnnLoss implements ModelLoss {
  private static final double MOTION_WEIGHT = 0.1;

  private final Hnn model;

  public HnnLoss(Hnn model) {
    this.model = model;
  }

  @Override
  public Parameters parameters() {
    return model.parameters();
  }

  @Override
  public LatentTerm latentTerm() {
    return LatentTerm.STATES;
  }

  @Override
  public Optional<Shape> noise(Batch batch) {
    return Optional.empty();
  }

  @Override
  public Optional<double[]> states(Batch batch) {
    return Optional.empty();
  }

  /**
   * The loss of all pairs of a batch that have a successor.
   *
   * @throws IllegalArgumentException if the batch's times are not at least three consecutive ones
   */
  @Override
  public Terms terms(Batch batch, StepInputs inputs) {
    requireRow(batch.times());
    int size = batch.size();
    int pairs = batch.times().length - 1;
    Var frames = Var.constant(inputs.targets().frames());
    Var stacked =
        Layout.concat(
            List.of(Layout.rows(frames, 0, pairs * size), Layout.rows(frames, size, pairs * size)),
            3);
    PhaseState all = model.encode(stacked);
    int count = (pairs - 1) * size;
    PhaseState now = part(all, 0, count);
    PhaseState next = part(all, size, count);
    Var mse = meanSquare(model.restore(now), model.restorable(Layout.rows(stacked, 0, count)));
    Var velocity = meanSquare(now.p(), Arithmetic.sub(next.q(), now.q()));
    PhaseState expected = model.afterFrame(now);
    Var motion =
        Arithmetic.scale(
            Arithmetic.add(meanSquare(next.q(), expected.q()), meanSquare(next.p(), expected.p())),
            MOTION_WEIGHT / 2); // the mean over q and p together
    Var latent = Arithmetic.add(velocity, motion);
    return new Terms(mse, latent, latent);
  }

  /** All terms are means over samples, so nothing is pooled. */
  @Override
  public Part part(Batch part, StepInputs inputs) {
    return new Part() {
      @Override
      public Optional<Posterior> pooled() {
        return Optional.empty();
      }

      @Override
      public Terms terms(MixtureMoments none) {
        return HnnLoss.this.terms(part, inputs);
      }
    };
  }

  @Override
  public boolean pools() {
    return false;
  }

  @Override
  public Terms whole(Batch part, Tensor mse, Tensor reported, MixtureMoments none) {
    Var latent = Var.constant(reported);
    return new Terms(Var.constant(mse), latent, latent);
  }

  private static void requireRow(int[] times) {
    for (int i = 1; i < times.length; i++) {
      if (times[i] != times[i - 1] + 1) {
        throw new IllegalArgumentException(
            "[hnn] frames at times "
                + times[i - 1]
                + " and "
                + times[i]
                + "; an HNN learns from frames in a row");
      }
    }
    if (times.length < Hnn.FRAMES + 1) {
      throw new IllegalArgumentException(
          "[hnn] " + times.length + " frames; an HNN learns from at least 3 in a row");
    }
  }

  private static PhaseState part(PhaseState all, int start, int count) {
    return new PhaseState(Layout.rows(all.q(), start, count), Layout.rows(all.p(), start, count));
  }

  private static Var meanSquare(Var a, Var b) {
    return Reductions.mean(Functions.square(Arithmetic.sub(a, b)));
  }
}
