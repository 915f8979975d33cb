package hgn.mechanics;

import hgn.autograd.Var;
import hgn.autograd.ops.Layout;
import hgn.autograd.ops.Reductions;
import hgn.tensor.Shape;

/** Columns of a batch of vectors, for the first and last steps of an energy. */
public final class Columns {
  private Columns() {}

  /** x_i of each sample: (N, n) -> (N). */
  public static Var column(Var x, int i) {
    return Layout.reshape(Layout.slice(x, 1, i, 1), Shape.of(x.shape().dim(0)));
  }

  /** The sum over i of x_i for each sample: (N, n) -> (N). */
  public static Var sum(Var x) {
    Shape samples = Shape.of(x.shape().dim(0));
    return Layout.reshape(Reductions.sumTo(x, x.shape().with(1, 1)), samples);
  }
}
