package hgn.model;

import hgn.autograd.Var;
import hgn.autograd.ops.Arithmetic;
import hgn.autograd.ops.Layout;
import hgn.nn.Conv2d;
import hgn.nn.ConvSpec;
import hgn.nn.Init;
import hgn.nn.Parameters;
import hgn.tensor.Shape;

/**
 * An image of K channels, each the outer product of a profile along the rows and one along the
 * columns,
 *
 * <pre>
 * y[i,j,k] = r[i,k](h) c[j,k](h)
 * </pre>
 *
 * both linear in h. A disc at any position is a sum of few such products, and each profile depends
 * on one of its coordinates. This is learnt sooner, and computed faster, than one picture per
 * position.
 */
final class OuterProduct {
  private final Conv2d rows;
  private final Conv2d columns;
  private final int side;
  private final int profiles;

  OuterProduct(Parameters parameters, Init init, String name, int inputs, VectorToImageSpec spec) {
    side = spec.side();
    profiles = spec.profiles();
    rows = layer(parameters, init, name + ".rows", inputs, spec);
    columns = layer(parameters, init, name + ".columns", inputs, spec);
  }

  private static Conv2d layer(
      Parameters parameters, Init init, String name, int inputs, VectorToImageSpec spec) {
    ConvSpec profile = spec.profile(Presets.HE);
    return new Conv2d(
        parameters,
        init,
        name,
        inputs,
        profile.filters(),
        profile.kernel(),
        profile.geometry(),
        profile.activation(),
        profile.gain());
  }

  /** Maps h (N,1,1,C) to (N,side,side,K). */
  Var apply(Var h) {
    int size = h.shape().dim(0);
    Var r = Layout.reshape(rows.apply(h), Shape.of(size, side, 1, profiles));
    Var c = Layout.reshape(columns.apply(h), Shape.of(size, 1, side, profiles));
    return Arithmetic.mul(r, c);
  }
}
