package hgn.backend.cuda;

import hgn.backend.cuda.ConvolutionCase.Direction;
import hgn.tensor.Activation;
import hgn.tensor.Backend;
import hgn.tensor.Conv2dGeometry;
import hgn.tensor.MemoryPool;
import hgn.tensor.Shape;
import hgn.tensor.Tensor;
import java.nio.ByteBuffer;

/**
 * Convolutions on the engine's tensors: converts filters and images to the layout of {@link Dnn},
 * and back. {@link Filters} transposes filters. Images are padded if cuDNN cannot add the padding,
 * and copied if not aligned.
 */
final class Convolutions {
  private final KernelModule kernels;
  private final Copies copies;
  private final Bfloat16 bfloat16;
  private final Dnn dnn;
  private final Filters filters;
  private final MemoryPool pool;

  Convolutions(KernelModule kernels, Copies copies, Bfloat16 bfloat16, Dnn dnn, MemoryPool pool) {
    this.kernels = kernels;
    this.copies = copies;
    this.bfloat16 = bfloat16;
    this.dnn = dnn;
    this.pool = pool;
    filters = new Filters(kernels, bfloat16, pool);
  }

  /** See {@link hgn.tensor.Backend#constantFilters}. */
  Backend.ConstantFilters holdFilters() {
    return filters.hold();
  }

  /** y = f(conv(x, w) + bias); the bias may be null. */
  void forward(Tensor x, Tensor w, Tensor bias, Conv2dGeometry geometry, Activation f, Tensor y) {
    ConvolutionCase sizes =
        ConvolutionCase.of(Direction.FORWARD, x.shape(), w.shape(), y.shape(), geometry);
    try (Scratch scratch = new Scratch(pool)) {
      Floats out = aligned(Floats.of(y), scratch);
      Dnn.Operands operands =
          new Dnn.Operands(
              explicitlyPadded(sizes, x, geometry, scratch),
              filters.converted(sizes, w, scratch),
              out);
      run(sizes, operands, scratch);
      activate(bias, f, out, w.shape().dim(3));
      copies.copy(out, Floats.of(y));
    }
  }

  private void activate(Tensor bias, Activation f, Floats y, int channels) {
    if (bias != null || f != Activation.IDENTITY) {
      long address = bias == null ? 0 : Floats.of(bias).address();
      kernels.launch(
          "conv2d",
          "bias_activate",
          Grid.over(y.count()),
          f.ordinal(),
          address,
          y,
          y.count(),
          new Divisor(channels));
    }
  }

  /** x = gradient of &lt;conv(x, w), g&gt; with respect to x. */
  void inputGrad(Tensor g, Tensor w, Conv2dGeometry geometry, Tensor x) {
    ConvolutionCase sizes =
        ConvolutionCase.of(Direction.INPUT_GRAD, x.shape(), w.shape(), g.shape(), geometry);
    try (Scratch scratch = new Scratch(pool)) {
      boolean padded = sizes.isPadded(x.shape());
      Floats result = padded ? scratch.floats(sizes.x().count()) : aligned(Floats.of(x), scratch);
      run(
          sizes,
          new Dnn.Operands(
              result, filters.converted(sizes, w, scratch), copied(Floats.of(g), scratch)),
          scratch);
      if (padded) {
        Floats image = Floats.of(x);
        kernels.launch(
            sizes.direction().op(),
            "cut_images",
            Grid.over(image.count()),
            result,
            frame(sizes.x(), x.shape(), geometry.top(), geometry.left()),
            image,
            image.count());
      } else {
        copies.copy(result, Floats.of(x));
      }
    }
  }

  /** w = gradient of &lt;conv(x, w), g&gt; with respect to w. */
  void weightGrad(Tensor x, Tensor g, Conv2dGeometry geometry, Tensor w) {
    ConvolutionCase sizes =
        ConvolutionCase.of(Direction.WEIGHT_GRAD, x.shape(), w.shape(), g.shape(), geometry);
    try (Scratch scratch = new Scratch(pool)) {
      Floats result = scratch.floats(w.shape().count());
      run(
          sizes,
          new Dnn.Operands(
              explicitlyPadded(sizes, x, geometry, scratch), result, copied(Floats.of(g), scratch)),
          scratch);
      String op = sizes.direction().op();
      Transpose.queue(kernels, op, result, 1, w.shape().dim(3), w.shape().outer(3), Floats.of(w));
    }
  }

  private void run(ConvolutionCase sizes, Dnn.Operands operands, Scratch scratch) {
    if (sizes.isBfloat16()) {
      bfloat16.run(sizes, operands, dnn, scratch);
    } else {
      dnn.run(sizes, operands, scratch);
    }
  }

  /** The image, with the padding of the case if it has any. */
  private Floats explicitlyPadded(
      ConvolutionCase sizes, Tensor x, Conv2dGeometry geometry, Scratch scratch) {
    if (!sizes.isPadded(x.shape())) {
      return copied(Floats.of(x), scratch);
    }
    Floats padded = scratch.floats(sizes.x().count());
    kernels.launch(
        sizes.direction().op(),
        "cut_images",
        Grid.over(padded.count()),
        Floats.of(x),
        frame(x.shape(), sizes.x(), -geometry.top(), -geometry.left()),
        padded,
        padded.count());
    return padded;
  }

  /** The kernels' struct Frame: where the result's first pixel is in the source. */
  private static Arguments.Struct frame(Shape source, Shape result, int top, int left) {
    return (ByteBuffer to) -> {
      for (int axis : new int[] {3, 2, 1}) {
        new Divisor(result.dim(axis)).write(to);
      }
      to.putLong(source.dim(1)).putLong(source.dim(2)).putLong(top).putLong(left);
    };
  }

  /** A buffer for a result that will be copied to {@code x}: x itself if it is aligned. */
  private static Floats aligned(Floats x, Scratch scratch) {
    return x.isAligned() ? x : scratch.floats(x.count());
  }

  /** The elements of {@code x} at an aligned address. */
  private Floats copied(Floats x, Scratch scratch) {
    Floats y = aligned(x, scratch);
    copies.copy(x, y);
    return y;
  }
}
