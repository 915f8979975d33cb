package hgn.nn;

import hgn.autograd.Var;
import hgn.tensor.Shape;
import hgn.tensor.Tensor;

/**
 * A named tensor that training changes in place.
 *
 * @param name path of the layer and role, such as {@code decoder.block0.first.weight}
 * @param value the numbers, owned by the {@link Parameters} it belongs to
 * @param var the leaf that stands for it on the tape
 */
public record Parameter(String name, Tensor value, Var var) {
  /** Dimensions of the value. */
  public Shape shape() {
    return value.shape();
  }
}
