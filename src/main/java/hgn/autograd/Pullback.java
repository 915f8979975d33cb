package hgn.autograd;

/** The vector-Jacobian product of an operation with respect to one input. */
@FunctionalInterface
public interface Pullback {
  /**
   * g^T dy/dx, of the shape of x. It is written in operations on {@link Var}, never on raw tensors,
   * so that it can be differentiated in turn.
   *
   * @param y the operation's result
   * @param g cotangent of y, of its shape
   */
  Var apply(Var y, Var g);
}
