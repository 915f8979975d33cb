package hgn.tensor;

import java.util.List;

/**
 * The tensor operations for callers. Each checks its operands, allocates the result in the
 * innermost {@link Arena} and delegates to the operands' {@link Backend}.
 *
 * <p>Every method throws {@link IllegalArgumentException} if shapes, dtypes or backends do not
 * match, naming the operation, both values and the remedy, and {@link IllegalStateException} if an
 * operand has been freed.
 */
public final class TensorOps {
  private TensorOps() {}

  /** A copy of x. */
  public static Tensor copy(Tensor x) {
    Tensor y = Tensor.like(x, x.shape());
    x.backend().copy(x, y);
    return y;
  }

  /** Overwrites {@code to} with the elements of {@code from}. */
  public static void copyInto(Tensor from, Tensor to) {
    Check.together("copy", from, to);
    Check.sameShape("copy", from, to);
    from.backend().copy(from, to);
  }

  /** op(x), elementwise. */
  public static Tensor unary(UnaryOp op, Tensor x) {
    Tensor y = Tensor.like(x, x.shape());
    x.backend().unary(op, x, y);
    return y;
  }

  /** op(a, b), elementwise, with {@link Broadcast broadcasting}. */
  public static Tensor binary(BinaryOp op, Tensor a, Tensor b) {
    String name = op.name().toLowerCase(java.util.Locale.ROOT);
    Check.together(name, a, b);
    Shape shape = Broadcast.shape(name, a.shape(), b.shape());
    Tensor y = Tensor.like(a, shape);
    a.backend().binary(op, expanded(a, shape.rank()), expanded(b, shape.rank()), y);
    return y;
  }

  /** a &lt;- a + b in place; same shapes. */
  public static void addInto(Tensor a, Tensor b) {
    Check.together("add into", a, b);
    Check.sameShape("add into", a, b);
    a.backend().binary(BinaryOp.ADD, a, b, a);
  }

  /** scale x + shift, elementwise. */
  public static Tensor affine(Tensor x, double scale, double shift) {
    Tensor y = Tensor.like(x, x.shape());
    x.backend().affine(x, scale, shift, y);
    return y;
  }

  /** min(max(x, low), high), elementwise. */
  public static Tensor clamp(Tensor x, double low, double high) {
    if (!(low <= high)) {
      throw new IllegalArgumentException(
          "[clamp] low " + low + " is above high " + high + "; swap them");
    }
    Tensor y = Tensor.like(x, x.shape());
    x.backend().clamp(x, low, high, y);
    return y;
  }

  /** f(x), elementwise. */
  public static Tensor activate(Activation f, Tensor x) {
    Tensor y = Tensor.like(x, x.shape());
    x.backend().activate(f, x, y);
    return y;
  }

  /** x &lt;- f(x). */
  public static void activateInPlace(Activation f, Tensor x) {
    x.backend().activate(f, x, x);
  }

  /** g f'(x), with f' computed from y = f(x). */
  public static Tensor activationGrad(Activation f, Tensor g, Tensor y) {
    Check.together("activation gradient", g, y);
    Check.sameShape("activation gradient", g, y);
    Tensor r = Tensor.like(g, g.shape());
    g.backend().activationGrad(f, g, y, r);
    return r;
  }

  /** Sums x over leading axes, and over those that are 1 in {@code shape}, to that shape. */
  public static Tensor sumTo(Tensor x, Shape shape) {
    Broadcast.requireReach("sum to", shape, x.shape());
    Tensor y = Tensor.like(x, shape);
    x.backend().sumTo(x, expanded(y, x.shape().rank()));
    return y;
  }

  /**
   * Sums the products a b, of a's shape to which b is broadcast, over leading axes and over those
   * that are 1 in {@code shape}, to that shape.
   */
  public static Tensor sumProducts(Tensor a, Tensor b, Shape shape) {
    Check.together("sum products", a, b);
    Broadcast.requireReach("sum products", b.shape(), a.shape());
    Broadcast.requireReach("sum products", shape, a.shape());
    Tensor y = Tensor.like(a, shape);
    int rank = a.shape().rank();
    a.backend().sumProducts(a, expanded(b, rank), expanded(y, rank));
    return y;
  }

  /** The sum of all elements, a scalar. */
  public static Tensor sum(Tensor x) {
    return sumTo(x, Shape.SCALAR);
  }

  /** Repeats x along new leading axes, and along its axes of 1, to that shape. */
  public static Tensor broadcastTo(Tensor x, Shape shape) {
    Broadcast.requireReach("broadcast to", x.shape(), shape);
    Tensor y = Tensor.like(x, shape);
    x.backend().broadcastTo(expanded(x, shape.rank()), y);
    return y;
  }

  /** op(a) op(b) for matrices, op being the transpose if the flag is set. */
  public static Tensor matmul(Tensor a, boolean transposeA, Tensor b, boolean transposeB) {
    Check.together("matmul", a, b);
    Check.rank("matmul", "left operand", a, 2);
    Check.rank("matmul", "right operand", b, 2);
    int rows = a.shape().dim(transposeA ? 1 : 0);
    int inner = a.shape().dim(transposeA ? 0 : 1);
    int innerB = b.shape().dim(transposeB ? 1 : 0);
    int columns = b.shape().dim(transposeB ? 0 : 1);
    if (inner != innerB) {
      throw new IllegalArgumentException(
          "[matmul] inner dimensions "
              + inner
              + " and "
              + innerB
              + " differ: "
              + a.shape()
              + (transposeA ? "^T" : "")
              + " * "
              + b.shape()
              + (transposeB ? "^T" : "")
              + "; transpose or reshape one");
    }
    Tensor y = Tensor.like(a, Shape.of(rows, columns));
    a.backend().matmul(a, transposeA, b, transposeB, y);
    return y;
  }

  /** f(conv(x, w) + bias), see {@link Conv2dGeometry}; the bias may be null. */
  public static Tensor conv2d(
      Tensor x, Tensor w, Tensor bias, Conv2dGeometry geometry, Activation f) {
    Check.together("conv2d", x, w);
    Shape shape = ConvShapes.output(x.shape(), w.shape(), geometry);
    if (bias != null) {
      Check.together("conv2d", x, bias);
      ConvShapes.requireBias(bias.shape(), w.shape());
    }
    Tensor y = Tensor.like(x, shape);
    x.backend().conv2d(x, w, bias, geometry, f, y);
    return y;
  }

  /** Gradient of &lt;conv(x, w), g&gt; with respect to x, whose shape is {@code input}. */
  public static Tensor conv2dInputGrad(Tensor g, Tensor w, Conv2dGeometry geometry, Shape input) {
    Check.together("conv2d input gradient", g, w);
    ConvShapes.requireCotangent(
        "conv2d input gradient", g.shape(), ConvShapes.output(input, w.shape(), geometry));
    Tensor x = Tensor.like(g, input);
    g.backend().conv2dInputGrad(g, w, geometry, x);
    return x;
  }

  /** Gradient of &lt;conv(x, w), g&gt; with respect to w, whose shape is {@code weight}. */
  public static Tensor conv2dWeightGrad(Tensor x, Tensor g, Conv2dGeometry geometry, Shape weight) {
    Check.together("conv2d weight gradient", x, g);
    ConvShapes.requireCotangent(
        "conv2d weight gradient", g.shape(), ConvShapes.output(x.shape(), weight, geometry));
    Tensor w = Tensor.like(x, weight);
    x.backend().conv2dWeightGrad(x, g, geometry, w);
    return w;
  }

  /** {@code length} entries of x along {@code axis}, starting at {@code start}. */
  public static Tensor slice(Tensor x, int axis, int start, int length) {
    Check.part("slice", x.shape(), axis, start, length);
    Tensor y = Tensor.like(x, x.shape().with(axis, length));
    x.backend().slice(x, x.shape().axis(axis), start, y);
    return y;
  }

  /**
   * x padded with zeros to {@code size} entries along {@code axis}, with x starting at {@code
   * start}: the adjoint of slice.
   */
  public static Tensor pad(Tensor x, int axis, int start, int size) {
    Shape shape = x.shape().with(axis, size);
    Check.part("pad", shape, axis, start, x.shape().dim(axis));
    Tensor y = Tensor.full(x.backend(), x.dtype(), shape, 0);
    x.backend().paste(x, shape.axis(axis), start, y);
    return y;
  }

  /** Concatenates the tensors along {@code axis}; all other dimensions must agree. */
  public static Tensor concat(List<Tensor> parts, int axis) {
    if (parts.isEmpty()) {
      throw new IllegalArgumentException("[concat] no tensors given; pass at least one");
    }
    Tensor first = parts.get(0);
    int size = 0;
    for (Tensor part : parts) {
      Check.together("concat", first, part);
      int length = part.shape().dim(axis);
      if (!part.shape().with(axis, 1).equals(first.shape().with(axis, 1))) {
        throw new IllegalArgumentException(
            "[concat] shapes "
                + first.shape()
                + " and "
                + part.shape()
                + " differ in another axis than "
                + axis
                + "; only that one may");
      }
      size += length;
    }
    Tensor y = Tensor.like(first, first.shape().with(axis, size));
    int start = 0;
    for (Tensor part : parts) {
      y.backend().paste(part, y.shape().axis(axis), start, y);
      start += part.shape().dim(axis);
    }
    return y;
  }

  /**
   * Rows {@code rows[0]}, {@code rows[1]}, ... of x, where a row is an entry of the first axis.
   *
   * @param rows (K): whole numbers from 0 to the number of rows - 1, in the dtype of x; any other
   *     value gives a row of NaN
   */
  public static Tensor gatherRows(Tensor x, Tensor rows) {
    Check.rows("gather rows", x.shape(), rows);
    Check.together("gather rows", x, rows);
    Tensor y = Tensor.like(x, x.shape().with(0, rows.shape().dim(0)));
    x.backend().gatherRows(x, rows, y);
    return y;
  }

  /**
   * Adds row i of g to row {@code rows[i]} of a zero tensor with {@code count} rows: the adjoint of
   * {@link #gatherRows}.
   */
  public static Tensor scatterRows(Tensor g, Tensor rows, int count) {
    Shape shape = g.shape().with(0, count);
    Check.rows("scatter rows", shape, rows);
    Check.together("scatter rows", g, rows);
    Check.count("scatter rows", "the list of rows", rows, g.shape().dim(0));
    Tensor x = Tensor.like(g, shape);
    g.backend().scatterRows(g, rows, x);
    return x;
  }

  /** x (B,R,C) or (B,R,C,K) with its second and third dimension swapped, (B,C,R) or (B,C,R,K). */
  public static Tensor transpose(Tensor x) {
    Shape s = x.shape();
    Check.rank("transpose", "input", x, s.rank() == 4 ? 4 : 3);
    Tensor y = Tensor.like(x, s.with(1, s.dim(2)).with(2, s.dim(1)));
    x.backend().transpose(x, y);
    return y;
  }

  /** x (N,H,W,C) with height and width doubled by repeating pixels. */
  public static Tensor upsample2x(Tensor x) {
    Check.rank("upsample", "input", x, 4);
    Shape s = x.shape();
    Tensor y = Tensor.like(x, Shape.of(s.dim(0), 2 * s.dim(1), 2 * s.dim(2), s.dim(3)));
    x.backend().upsample2x(x, y);
    return y;
  }

  /**
   * f(a + upsample2x(x)).
   *
   * @throws IllegalArgumentException unless a (N,2H,2W,C) has twice the size of x (N,H,W,C)
   */
  public static Tensor addUpsampled(Tensor a, Tensor x, Activation f) {
    Check.rank("add upsampled", "input", x, 4);
    Shape s = x.shape();
    Shape doubled = Shape.of(s.dim(0), 2 * s.dim(1), 2 * s.dim(2), s.dim(3));
    if (!a.shape().equals(doubled)) {
      throw new IllegalArgumentException(
          "[add upsampled] "
              + s
              + " upsampled is "
              + doubled
              + ", got "
              + a.shape()
              + " to add to");
    }
    Check.together("add upsampled", a, x);
    Tensor y = Tensor.like(a, doubled);
    x.backend().addUpsampled(a, x, f, y);
    return y;
  }

  /** The sums of 2x2 blocks of g (N,2H,2W,C): the adjoint of {@link #upsample2x}. */
  public static Tensor upsample2xGrad(Tensor g) {
    Check.rank("upsample gradient", "input", g, 4);
    Shape s = g.shape();
    if (s.dim(1) % 2 != 0 || s.dim(2) % 2 != 0) {
      throw new IllegalArgumentException(
          "[upsample gradient] height and width must be even, got " + s + "; pad it");
    }
    Tensor x = Tensor.like(g, Shape.of(s.dim(0), s.dim(1) / 2, s.dim(2) / 2, s.dim(3)));
    g.backend().upsample2xGrad(g, x);
    return x;
  }

  /**
   * One Adam update of every slot in place; does nothing if {@code veto} is not 0.
   *
   * @param schedule the values of {@link AdamRule#schedule}
   * @param veto one number
   */
  public static void adam(List<AdamSlot> slots, AdamRule rule, Tensor schedule, Tensor veto) {
    Check.count("adam", "schedule", schedule, AdamRule.SCHEDULE);
    Check.count("adam", "veto", veto, 1);
    Check.together("adam", schedule, veto);
    for (AdamSlot slot : slots) {
      Check.together("adam", schedule, slot.w());
      for (Tensor other : List.of(slot.g(), slot.m(), slot.v())) {
        Check.together("adam", slot.w(), other);
        Check.sameShape("adam", slot.w(), other);
      }
    }
    schedule.backend().adam(slots, rule, schedule, veto);
  }

  /** Standard normal numbers: the first ones of a Philox stream. */
  public static Tensor normal(Backend backend, DType dtype, Shape shape, long seed, long stream) {
    Tensor y = Tensor.allocate(backend, dtype, shape);
    backend.normal(seed, stream, y);
    return y;
  }

  /**
   * Sets flags[first + i] = 1 if an element of xs[i] is not finite; otherwise the flag is
   * unchanged.
   */
  public static void markNonFinite(List<Tensor> xs, Tensor flags, int first) {
    xs.forEach(x -> Check.together("mark non-finite", x, flags));
    Check.part("mark non-finite", flags.shape(), 0, first, xs.size());
    flags.backend().markNonFinite(xs, flags, first);
  }

  /**
   * Overwrites {@code to} with {@code from}, unless the single element of {@code veto} is not 0.
   */
  public static void copyUnless(Tensor veto, Tensor from, Tensor to) {
    Check.together("copy unless", from, to);
    Check.together("copy unless", from, veto);
    Check.sameShape("copy unless", from, to);
    Check.count("copy unless", "veto", veto, 1);
    from.backend().copyUnless(veto, from, to);
  }

  /**
   * Draws discs into N x K square images, of which each K are stacked along the channels, see
   * {@link DiscPainter}.
   *
   * @param scenes (N, K, 3 + 6 discs)
   * @param images (N, size, size, 3 K), overwritten
   * @throws UnsupportedOperationException if the backend cannot draw images
   */
  public static void paint(DiscStyle style, Tensor scenes, Tensor images) {
    Check.together("paint", scenes, images);
    Check.rank("paint", "scenes", scenes, 3);
    Check.rank("paint", "images", images, 4);
    Shape from = scenes.shape();
    Shape to = images.shape();
    int discs = from.dim(2) - DiscPainter.BACKGROUND;
    if (discs < 0
        || discs % DiscPainter.DISC != 0
        || !to.equals(
            Shape.of(from.dim(0), to.dim(1), to.dim(1), from.dim(1) * DiscPainter.CHANNELS))) {
      throw new IllegalArgumentException(
          "[paint] scenes "
              + from
              + " do not describe images "
              + to
              + "; scenes (N,K,3+6*discs) are drawn to images (N,size,size,3*K)");
    }
    images
        .backend()
        .discPainter()
        .orElseThrow(
            () ->
                new UnsupportedOperationException(
                    "[paint] backend '"
                        + images.backend().name()
                        + "' draws no images; upload their pixels"))
        .paint(style, scenes, images);
  }

  private static Tensor expanded(Tensor x, int rank) {
    return x.shape().rank() == rank ? x : x.reshape(x.shape().expandedTo(rank));
  }
}
