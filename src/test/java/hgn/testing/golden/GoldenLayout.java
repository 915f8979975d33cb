package hgn.testing.golden;

/** The layout of an operand of an {@code ops_*} case in the references and in the engine. */
public enum GoldenLayout {
  /** The same in both. */
  PLAIN,
  /** (N,C,H,W) and (N,H,W,C). */
  IMAGE,
  /** (O,I,kh,kw) and (kh,kw,I,O). */
  KERNEL,
  /** (C,1,1) and (1,1,C): one number per channel. */
  CHANNEL,
  /** (O,I) and (I,O). */
  MATRIX;

  /** The layout of an operand, or of y where {@code operand} is {@code u}. */
  public static GoldenLayout of(Golden golden, String operand) {
    boolean parameter = golden.has("params/" + operand);
    int rank = golden.array((parameter ? "params/" : "inputs/") + operand).shape().rank();
    String op = golden.metadata("op");
    if (rank == 4) {
      boolean kernel = operand.equals("u") ? op.equals("conv2d_weight_grad") : parameter;
      return kernel ? KERNEL : IMAGE;
    }
    if (rank == 3 && golden.array("outputs/y").shape().rank() == 4) {
      return CHANNEL;
    }
    return op.equals("linear") && operand.equals("weight") ? MATRIX : PLAIN;
  }

  public GoldenArray toEngine(GoldenArray array) {
    return switch (this) {
      case PLAIN -> array;
      case IMAGE -> array.nchwToNhwc();
      case KERNEL -> array.oihwToHwio();
      case CHANNEL -> array.permute(1, 2, 0);
      case MATRIX -> array.permute(1, 0);
    };
  }

  public GoldenArray toReference(GoldenArray array) {
    return switch (this) {
      case PLAIN -> array;
      case IMAGE -> array.nhwcToNchw();
      case KERNEL -> array.hwioToOihw();
      case CHANNEL -> array.permute(2, 0, 1);
      case MATRIX -> array.permute(1, 0);
    };
  }
}
