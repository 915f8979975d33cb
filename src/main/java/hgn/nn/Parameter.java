package hgn.nn;

import hgn.autograd.Var;
import hgn.tensor.Shape;
import hgn.tensor.Tensor;

/**
 * A named tensor that training changes in place.
 *
 * @param name path of the layer and its role, such as {@code decoder.block0.first.weight}
 * @param value the values, owned by the {@link Parameters} it belongs to
 * @param var its leaf on the tape, or a constant if it is not trained
 */
public record Parameter(String name, Tensor value, Var var) {
  /** Whether gradients are taken with respect to it. */
  public boolean isTrained() {
    return var.isDifferentiable();
  }

  /** The network it belongs to: the first word of its name, such as {@code decoder}. */
  public String network() {
    return name.substring(0, Math.max(0, name.indexOf('.')));
  }

  /** Dimensions of the value. */
  public Shape shape() {
    return value.shape();
  }
}
