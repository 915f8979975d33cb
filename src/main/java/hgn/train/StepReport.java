package hgn.train;

import hgn.autograd.Var;
import hgn.loss.LatentTerm;
import hgn.loss.LossWeighting;
import hgn.nn.Parameter;
import hgn.nn.Parameters;
import hgn.tensor.PendingDownload;
import hgn.tensor.Shape;
import hgn.tensor.Tensor;
import hgn.tensor.TensorOps;
import java.util.ArrayList;
import java.util.List;

/**
 * The results of steps in one tensor on the device, so that no step has to wait: number of steps
 * started, terms of the last loss, and a flag for each term and gradient, and for their norm, that
 * is not finite.
 *
 * <p>Once a flag is set, the report no longer changes, and {@link #veto} keeps this and later steps
 * from changing the model. So the report can be read some steps later.
 */
final class StepReport {
  private static final int BEGUN = 0;
  private static final int MSE = 1;
  private static final int DIVERGENCE = 2;
  private static final int LOSS = 3;
  private static final int WEIGHT = 4;
  private static final int NORM = 5;
  private static final int FLAGS = 6;
  private static final int TERMS = 3;
  private final Tensor values;
  private final List<String> terms;
  private final List<String> parameters;

  /** Creates an empty report in the innermost arena. */
  StepReport(Parameters parameters, LatentTerm latent) {
    terms = List.of("reconstruction error (MSE)", latent.words(), "loss");
    this.parameters = parameters.trained().stream().map(Parameter::name).toList();
    Shape shape = Shape.of(FLAGS + flags());
    values = Tensor.full(parameters.backend(), parameters.dtype(), shape, 0);
  }

  /**
   * Records a step: its terms, and flags for what is not finite.
   *
   * @param norm global norm of the gradients
   */
  void enter(Var mse, Var divergence, LossWeighting.Loss loss, Tensor norm, List<Var> gradients) {
    Tensor settled = veto();
    put(settled, TensorOps.affine(at(BEGUN), 1, 1), BEGUN);
    put(settled, mse.value(), MSE);
    put(settled, divergence.value(), DIVERGENCE);
    put(settled, loss.total().value(), LOSS);
    put(settled, loss.weight(), WEIGHT);
    put(settled, norm, NORM);
    List<Tensor> all = new ArrayList<>(List.of(mse.value(), divergence.value()));
    all.add(loss.total().value());
    gradients.forEach(gradient -> all.add(gradient.value()));
    all.add(norm); // squares overflow before gradients do, here as in Adam's moments
    TensorOps.markNonFinite(all, values, FLAGS);
  }

  /** Number of flags: of the terms, of each gradient, of their norm. */
  private int flags() {
    return TERMS + parameters.size() + 1;
  }

  private Tensor at(int index) {
    return values.rows(index, 1);
  }

  private void put(Tensor settled, Tensor scalar, int index) {
    TensorOps.copyUnless(settled, scalar.reshape(Shape.of(1)), at(index));
  }

  /** A scalar: 0 if everything was finite in all steps. */
  Tensor veto() {
    return TensorOps.sum(values.rows(FLAGS, flags()));
  }

  /**
   * Requests the losses of the last queued step.
   *
   * @param first number of the first recorded step
   */
  PendingLosses ask(long first) {
    PendingDownload reading = values.backend().read(values);
    return new PendingLosses() {
      @Override
      public boolean haveArrived() {
        return reading.hasArrived();
      }

      @Override
      public TrainingStep.Losses losses() {
        return decode(reading.values(), first);
      }
    };
  }

  private TrainingStep.Losses decode(double[] read, long first) {
    long step = first + (long) read[BEGUN] - 1;
    for (int i = 0; i < TERMS; i++) {
      if (read[FLAGS + i] != 0) {
        throw new NonFiniteException(step, terms.get(i), read[MSE + i]);
      }
    }
    for (int i = 0; i < parameters.size(); i++) {
      if (read[FLAGS + TERMS + i] != 0) {
        throw new NonFiniteException(step, "gradient of " + parameters.get(i));
      }
    }
    if (read[FLAGS + flags() - 1] != 0) {
      throw new NonFiniteException(step, "norm of the gradients", read[NORM]);
    }
    return new TrainingStep.Losses(
        read[LOSS], read[MSE], read[DIVERGENCE], read[WEIGHT], read[NORM]);
  }
}
