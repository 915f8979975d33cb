package hgn.peer;

import hgn.tensor.Shape;
import org.bytedeco.pytorch.Tensor;

/**
 * Numbers from one side to the other. Images are (N,H,W,C) here and (N,C,H,W) there; filters
 * (kernel,kernel,inputs,outputs) here and (outputs,inputs,kernel,kernel) there.
 */
final class Exchange {
  private Exchange() {}

  /** Images (N,H,W,C), as libtorch has them. */
  static Tensor images(float[] values, Shape shape) {
    return Scope.only(() -> Tensor.create(values, sizes(shape)).permute(0, 3, 1, 2).contiguous());
  }

  /** A parameter, as libtorch has it: filters turned, a bias as it is. */
  static Tensor parameter(float[] values, Shape shape) {
    if (shape.rank() == 1) {
      return Tensor.create(values, sizes(shape));
    }
    return Scope.only(() -> Tensor.create(values, sizes(shape)).permute(3, 2, 0, 1).contiguous());
  }

  /** The numbers of a parameter or its gradient, in hgn4j's order. */
  static float[] numbers(Tensor parameter) {
    boolean isBias = parameter.dim() == 1;
    Tensor turned = isBias ? parameter : parameter.permute(2, 3, 1, 0);
    Tensor inOrder = turned.detach().contiguous();
    float[] values = new float[Math.toIntExact(inOrder.numel())];
    inOrder.data_ptr_float().get(values);
    return values;
  }

  private static long[] sizes(Shape shape) {
    long[] sizes = new long[shape.rank()];
    for (int axis = 0; axis < sizes.length; axis++) {
      sizes[axis] = shape.dim(axis);
    }
    return sizes;
  }
}
