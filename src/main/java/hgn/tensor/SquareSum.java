package hgn.tensor;

import java.util.List;

/** A backend's sum over many tensors at once. */
public interface SquareSum {
  /** y = the sum of the squares of all elements of {@code xs}; y has one element. */
  void of(List<Tensor> xs, Tensor y);
}
