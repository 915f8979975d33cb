package hgn.testing.golden;

import hgn.tensor.Backend;
import hgn.tensor.DType;
import hgn.tensor.Shape;
import hgn.tensor.Tensor;
import java.util.Arrays;
import java.util.List;

/**
 * A reference array, row-major. The references keep images as (N,C,H,W) and convolution weights as
 * (O,I,kh,kw), the engine as (N,H,W,C) and (kh,kw,I,O): {@link #permute} and the methods named
 * after the layouts convert between them.
 */
public final class GoldenArray {
  private final Shape shape;
  private final double[] values;

  public GoldenArray(Shape shape, double... values) {
    if (values.length != shape.count()) {
      throw new IllegalArgumentException(values.length + " values for shape " + shape);
    }
    this.shape = shape;
    this.values = values;
  }

  /** A copy of a tensor. */
  public static GoldenArray of(Tensor tensor) {
    return new GoldenArray(tensor.shape(), tensor.toDoubles());
  }

  /** The sizes. */
  public Shape shape() {
    return shape;
  }

  /** The values, row-major. */
  public double[] values() {
    return values;
  }

  /** A tensor with these values, in the innermost arena. */
  public Tensor tensor(Backend backend, DType dtype) {
    return Tensor.of(backend, dtype, shape, values);
  }

  /** Axis i of the result is axis {@code axes[i]} of this. */
  public GoldenArray permute(int... axes) {
    int rank = shape.rank();
    if (axes.length != rank) {
      throw new IllegalArgumentException(Arrays.toString(axes) + " for shape " + shape);
    }
    int[] dims = new int[rank];
    int[] strides = new int[rank];
    for (int i = 0; i < rank; i++) {
      dims[i] = shape.dim(axes[i]);
      strides[i] = (int) shape.inner(axes[i]);
    }
    double[] result = new double[values.length];
    int[] index = new int[rank];
    for (int i = 0; i < result.length; i++) {
      int from = 0;
      for (int k = 0; k < rank; k++) {
        from += index[k] * strides[k];
      }
      result[i] = values[from];
      for (int k = rank - 1; k >= 0 && ++index[k] == dims[k]; k--) {
        index[k] = 0;
      }
    }
    return new GoldenArray(Shape.of(dims), result);
  }

  public GoldenArray nchwToNhwc() {
    return permute(0, 2, 3, 1);
  }

  public GoldenArray nhwcToNchw() {
    return permute(0, 3, 1, 2);
  }

  public GoldenArray oihwToHwio() {
    return permute(2, 3, 1, 0);
  }

  public GoldenArray hwioToOihw() {
    return permute(3, 2, 0, 1);
  }

  /**
   * A network's parameter from the reference layout to the engine's; changes only weights of rank
   * 4.
   */
  public GoldenArray parameterToEngine() {
    return shape.rank() == 4 ? oihwToHwio() : this;
  }

  /** A network's parameter, or its gradient, from the engine's layout to the reference's. */
  public GoldenArray parameterToReference() {
    return shape.rank() == 4 ? hwioToOihw() : this;
  }

  /** Arrays of one shape as the entries along a new first axis. */
  public static GoldenArray stack(List<GoldenArray> rows) {
    Shape row = rows.get(0).shape;
    int size = (int) row.count();
    double[] all = new double[rows.size() * size];
    for (int i = 0; i < rows.size(); i++) {
      System.arraycopy(rows.get(i).values, 0, all, i * size, size);
    }
    int[] dims = new int[row.rank() + 1];
    dims[0] = rows.size();
    System.arraycopy(row.dims(), 0, dims, 1, row.rank());
    return new GoldenArray(Shape.of(dims), all);
  }

  /** Entry {@code i} along the first axis. */
  public GoldenArray row(int i) {
    int size = (int) shape.inner(0);
    int[] dims = shape.dims();
    return new GoldenArray(
        Shape.of(Arrays.copyOfRange(dims, 1, dims.length)),
        Arrays.copyOfRange(values, i * size, (i + 1) * size));
  }

  /** The largest absolute value; NaN if there is one. */
  public double scale() {
    return Arrays.stream(values).map(Math::abs).reduce(0, Math::max);
  }
}
