package hgn.backend.cpu;

import hgn.tensor.Conv2dGeometry;
import hgn.tensor.Shape;

/**
 * Passes a convolution's sizes to {@link Native}, which takes them as separate arguments.
 *
 * @param rounded whether factors are rounded to bfloat16
 */
record ConvCall(Shape x, Shape w, Shape y, Conv2dGeometry geometry, boolean rounded) {
  void forward(long xs, long ws, long prepared, long bias, int f, long ys) {
    Native.conv(
        rounded,
        xs,
        ws,
        prepared,
        bias,
        f,
        ys,
        x.dim(0),
        x.dim(1),
        x.dim(2),
        x.dim(3),
        w.dim(0),
        w.dim(1),
        w.dim(3),
        y.dim(1),
        y.dim(2),
        geometry.stride(),
        geometry.top(),
        geometry.left());
  }

  void inputGrad(long gs, long ws, long prepared, long xs) {
    Native.convInputGrad(
        rounded,
        gs,
        ws,
        prepared,
        xs,
        x.dim(0),
        x.dim(1),
        x.dim(2),
        x.dim(3),
        w.dim(0),
        w.dim(1),
        w.dim(3),
        y.dim(1),
        y.dim(2),
        geometry.stride(),
        geometry.top(),
        geometry.left());
  }

  void weightGrad(long xs, long gs, long ws) {
    Native.convWeightGrad(
        rounded,
        xs,
        gs,
        ws,
        x.dim(0),
        x.dim(1),
        x.dim(2),
        x.dim(3),
        w.dim(0),
        w.dim(1),
        w.dim(3),
        y.dim(1),
        y.dim(2),
        geometry.stride(),
        geometry.top(),
        geometry.left());
  }
}
