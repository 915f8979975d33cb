package hgn.train.nhf;

import hgn.autograd.Gradients;
import hgn.autograd.Var;
import hgn.autograd.ops.Arithmetic;
import hgn.config.NhfTrainConfig;
import hgn.nhf.NeuralHamiltonianFlow;
import hgn.nn.Adam;
import hgn.nn.Parameters;
import hgn.random.PhiloxRandom;
import hgn.random.Streams;
import hgn.tensor.Arena;
import hgn.tensor.Shape;
import hgn.tensor.Tensor;
import hgn.tensor.TensorOps;
import hgn.train.NonFiniteException;
import java.util.ArrayList;
import java.util.List;

/** One training step: points, loss, gradients, update. Frees all its memory at the end. */
final class NhfStep {
  private final NhfExperiment experiment;

  NhfStep(NhfExperiment experiment) {
    this.experiment = experiment;
  }

  /**
   * Updates the parameters on points drawn for this step, and returns the -ELBO before the update.
   *
   * @param step number of the step from 0, which selects points, noise and learning rate
   * @throws NonFiniteException if the loss or a gradient is not finite; then nothing is changed
   */
  double run(long step) {
    NhfTrainConfig train = experiment.config().train();
    NeuralHamiltonianFlow model = experiment.model();
    Parameters parameters = model.parameters();
    Adam adam = experiment.adam();
    Shape shape = Shape.of(train.batch(), model.spec().dimensions());
    try (Arena arena = Arena.open("flow step")) {
      PhiloxRandom random = new PhiloxRandom(train.seed(), Streams.DENSITY_TRAINING.at(step));
      double[] points = experiment.density().points(random, train.batch());
      Tensor q = Tensor.of(parameters.backend(), parameters.dtype(), shape, points);
      Tensor eps = normal(parameters, shape, train.seed(), Streams.TRAINING_NOISE.at(step));
      Var loss = Arithmetic.neg(model.elbo(Var.constant(q), Var.constant(eps)));
      List<Var> gradients = Gradients.of(loss, parameters.vars(), false);

      requireFinite(loss, gradients, step);
      adam.step(gradients, rate(train, step));
      return loss.item();
    }
  }

  /** Standard normal numbers on the parameters' backend. */
  static Tensor normal(Parameters parameters, Shape shape, long seed, long stream) {
    return TensorOps.normal(parameters.backend(), parameters.dtype(), shape, seed, stream);
  }

  /** The learning rate r (1 + cos(pi k/n))/2. */
  private static double rate(NhfTrainConfig train, long step) {
    return train.learningRate() * 0.5 * (1 + Math.cos(Math.PI * step / train.steps()));
  }

  private void requireFinite(Var loss, List<Var> gradients, long step) {
    List<Tensor> all = new ArrayList<>(List.of(loss.value()));
    gradients.forEach(gradient -> all.add(gradient.value()));
    Tensor flags = Tensor.full(loss.backend(), loss.dtype(), Shape.of(all.size()), 0);
    TensorOps.markNonFinite(all, flags, 0);
    double[] found = flags.toDoubles();
    for (int i = 0; i < found.length; i++) {
      if (found[i] != 0) {
        throw new NonFiniteException(step + 1, i == 0 ? "loss" : "gradient of " + name(i - 1));
      }
    }
  }

  private String name(int parameter) {
    return experiment.model().parameters().all().stream()
        .skip(parameter)
        .findFirst()
        .orElseThrow()
        .name();
  }
}
