package hgn.backend.jvm;

import hgn.tensor.AdamStep;
import hgn.tensor.HostTransfer;
import hgn.tensor.Tensor;

/** Updates of parameters. */
final class Optimiser {
  private final Workers workers;

  Optimiser(Workers workers) {
    this.workers = workers;
  }

  void adam(Tensor w, Tensor g, Tensor m, Tensor v, AdamStep step) {
    double rate = step.correctedRate();
    double root = step.correctedRoot();
    workers.ranges(
        HostTransfer.count(w),
        Elementwise.BLOCK,
        (from, count) -> {
          double[] weight = block(w, from, count);
          double[] gradient = block(g, from, count);
          double[] mean = block(m, from, count);
          double[] square = block(v, from, count);
          for (int i = 0; i < count; i++) {
            double slope = gradient[i] + step.weightDecay() * weight[i];
            mean[i] = step.beta1() * mean[i] + (1 - step.beta1()) * slope;
            square[i] = step.beta2() * square[i] + (1 - step.beta2()) * slope * slope;
            weight[i] -= rate * mean[i] / (Math.sqrt(square[i]) / root + step.epsilon());
          }
          HostTransfer.write(weight, 0, w, from, count);
          HostTransfer.write(mean, 0, m, from, count);
          HostTransfer.write(square, 0, v, from, count);
        });
  }

  private static double[] block(Tensor x, int from, int count) {
    double[] values = new double[count];
    HostTransfer.read(x, from, values, 0, count);
    return values;
  }
}
