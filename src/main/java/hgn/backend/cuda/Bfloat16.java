package hgn.backend.cuda;

/**
 * Convolutions in bfloat16 for callers whose operands are float32. cuDNN takes bfloat16 for all
 * three operands of a call or for none (its PSEUDO_BFLOAT16_CONFIG, with float32 sums), so a call's
 * images are rounded before it and its result is widened after it. {@link Filters} rounds filters.
 */
final class Bfloat16 {
  private final Device device;
  private final KernelModule kernels;

  Bfloat16(Device device, KernelModule kernels) {
    this.device = device;
    this.kernels = kernels;
  }

  /**
   * Queues what {@link Dnn#run} does, on float32 operands; but a filter that is not the result has
   * been rounded.
   *
   * @throws UnsupportedOperationException if the device has no units for it
   */
  void run(ConvolutionCase sizes, Dnn.Operands operands, Dnn dnn, Scratch scratch) {
    device.requireBfloat16();
    String op = sizes.direction().op();
    Floats result = operands.result(sizes.direction());
    Dnn.Operands halves =
        operands.map(
            x -> x == result ? room(x, scratch) : x == operands.w() ? x : rounded(op, x, scratch));
    dnn.run(sizes, halves, scratch);
    kernels.launch(
        op,
        "bfloat16_to_float",
        Grid.over(result.count()),
        halves.result(sizes.direction()),
        result,
        result.count());
  }

  /** Queues the rounding of floats into {@code scratch}. */
  Floats rounded(String op, Floats x, Scratch scratch) {
    Floats y = room(x, scratch);
    kernels.launch(op, "float_to_bfloat16", Grid.over(x.count()), x, y, x.count());
    return y;
  }

  /** Allocates room for as many bfloat16s, two per float. */
  private static Floats room(Floats x, Scratch scratch) {
    return scratch.floats((x.count() + 1) / 2);
  }
}
