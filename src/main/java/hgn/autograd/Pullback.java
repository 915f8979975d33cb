package hgn.autograd;

/** The vector-Jacobian product of an operation with respect to one input. */
@FunctionalInterface
public interface Pullback {
  /**
   * Returns g^T dy/dx, of the shape of x. Implementations use operations on {@link Var} only, never
   * on raw tensors, so that the result can be differentiated again.
   *
   * @param y the operation's result
   * @param g cotangent of y, of its shape
   */
  Var apply(Var y, Var g);
}
