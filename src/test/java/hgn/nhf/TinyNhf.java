package hgn.nhf;

import hgn.autograd.Var;
import hgn.tensor.Backend;
import hgn.tensor.Backends;
import hgn.tensor.DType;
import hgn.tensor.Shape;
import hgn.tensor.Tensor;
import hgn.tensor.TensorOps;

/**
 * A small flow in float64, whose energies deform phase space much more than freshly initialised
 * ones.
 */
final class TinyNhf {
  static final Backend JVM = Backends.get("jvm");

  private TinyNhf() {}

  static NeuralHamiltonianFlow create() {
    var flow = new NeuralHamiltonianFlow(new NhfSpec(2, 3, 2, 0.1, 6), JVM, DType.FLOAT64, 5);
    flow.parameters().all().stream()
        .filter(parameter -> parameter.name().startsWith("flow"))
        .forEach(parameter -> scale(parameter.value(), 4));
    return flow;
  }

  private static void scale(Tensor value, double factor) {
    double[] values = value.toDoubles();
    for (int i = 0; i < values.length; i++) {
      values[i] *= factor;
    }
    value.set(values);
  }

  /** Standard normal numbers, in the innermost arena. */
  static Tensor normal(int rows, int columns, long stream) {
    return TensorOps.normal(JVM, DType.FLOAT64, Shape.of(rows, columns), 11, stream);
  }

  static NhfState state(int rows) {
    return new NhfState(Var.leaf(normal(rows, 2, 1)), Var.leaf(normal(rows, 2, 2)));
  }
}
