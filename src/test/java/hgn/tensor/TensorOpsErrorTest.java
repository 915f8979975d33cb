package hgn.tensor;

import hgn.backend.jvm.JvmBackend;
import hgn.testing.Throws;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;

/** What {@link TensorOps} refuses, and what its messages name. */
class TensorOpsErrorTest {
  private static final Conv2dGeometry PLAIN = Conv2dGeometry.symmetric(1, 0);

  private final Backend backend = Backends.get("jvm");
  private Arena arena;

  @BeforeEach
  void open() {
    arena = Arena.open("test");
  }

  @AfterEach
  void close() {
    arena.close();
  }

  private Tensor zeros(int... dims) {
    return Tensor.full(backend, DType.FLOAT32, Shape.of(dims), 0);
  }

  private static void refuses(Executable code, String... words) {
    Throws.naming(IllegalArgumentException.class, code, words);
  }

  @Test
  void operandsOfDifferentDtypes() {
    Tensor x = zeros(1, 4, 4, 2);
    Tensor d = Tensor.full(backend, DType.FLOAT64, Shape.of(1, 4, 4, 2), 0);
    String[] words = {"dtype", "float32", "float64", "convert one"};
    refuses(() -> TensorOps.binary(BinaryOp.ADD, x, d), "[add]", words[0], words[1], words[2]);
    refuses(() -> TensorOps.binary(BinaryOp.DIV, d, x), "[div]", "convert one");
    refuses(() -> TensorOps.copyInto(x, d), words);
    refuses(() -> TensorOps.addInto(x, d), words);
    refuses(() -> TensorOps.activationGrad(Activation.TANH, x, d), words);
    refuses(() -> TensorOps.matmul(x, false, d, false), words);
    refuses(() -> TensorOps.conv2d(x, d, null, PLAIN, Activation.RELU), words);
    refuses(() -> TensorOps.conv2dInputGrad(x, d, PLAIN, x.shape()), words);
    refuses(() -> TensorOps.conv2dWeightGrad(x, d, PLAIN, x.shape()), words);
    refuses(() -> TensorOps.concat(List.of(x, d), 0), words);
    refuses(() -> TensorOps.gatherRows(d, zeros(3)), words);
    refuses(() -> TensorOps.scatterRows(d, zeros(1), 3), words);
    refuses(() -> adam(x, x, d, x), words);
    refuses(() -> TensorOps.markNonFinite(List.of(x), d, 0), words);
    refuses(() -> TensorOps.copyUnless(zeros(1), x, d), words);
    Tensor w = zeros(1, 1, 2, 3);
    Tensor bias = Tensor.full(backend, DType.FLOAT64, Shape.of(3), 0);
    refuses(() -> TensorOps.conv2d(x, w, bias, PLAIN, Activation.RELU), words);
  }

  @Test
  void operandsOnDifferentBackends() {
    Tensor elsewhere = Tensor.full(new JvmBackend(1), DType.FLOAT32, Shape.of(3), 0);
    refuses(
        () -> TensorOps.binary(BinaryOp.MUL, zeros(3), elsewhere),
        "[mul]",
        "different backends",
        "copy one over");
  }

  @Test
  void shapesThatDoNotBroadcast() {
    refuses(
        () -> TensorOps.binary(BinaryOp.SUB, zeros(2, 3), zeros(2, 4)),
        "[sub]",
        "(2,3)",
        "(2,4)",
        "axis 1",
        "must be 1");
    refuses(() -> TensorOps.sumTo(zeros(2, 3), Shape.of(2)), "[sum to]", "(2)", "(2,3)", "reshape");
    refuses(
        () -> TensorOps.sumProducts(zeros(2, 3), zeros(2), Shape.of(2, 1)),
        "[sum products]",
        "(2)",
        "(2,3)");
    refuses(
        () -> TensorOps.sumProducts(zeros(2, 3), zeros(3), Shape.of(2)),
        "[sum products]",
        "(2)",
        "(2,3)");
    refuses(() -> TensorOps.sumTo(zeros(3), Shape.of(1, 3)), "[sum to]", "(1,3)", "(3)");
    refuses(
        () -> TensorOps.broadcastTo(zeros(2, 3), Shape.of(2, 6)),
        "[broadcast to]",
        "(2,3)",
        "(2,6)",
        "reshape");
  }

  @Test
  void shapesThatMustBeEqual() {
    Tensor x = zeros(2, 3);
    Tensor y = zeros(3, 2);
    String[] words = {"(2,3)", "(3,2)", "equal", "reshape"};
    refuses(() -> TensorOps.copyInto(x, y), words);
    refuses(() -> TensorOps.addInto(x, y), words);
    refuses(() -> TensorOps.activationGrad(Activation.TANH, x, y), words);
    refuses(() -> adam(x, y, x, x), words);
    refuses(() -> adam(x, x, y, x), words);
    refuses(() -> adam(x, x, x, y), words);
    refuses(() -> TensorOps.copyUnless(zeros(1), x, y), words);
  }

  private void adam(Tensor w, Tensor g, Tensor m, Tensor v) {
    AdamRule rule = new AdamRule(.9, .999, 1e-8, 0);
    TensorOps.adam(List.of(new AdamSlot(w, g, m, v)), rule, zeros(2), zeros(1));
  }

  @Test
  void numbersThatAreNotAsManyAsNeeded() {
    Tensor x = zeros(3);
    AdamRule rule = new AdamRule(.9, .999, 1e-8, 0);
    refuses(() -> TensorOps.adam(List.of(), rule, x, zeros(1)), "[adam]", "schedule", "2 elements");
    refuses(() -> TensorOps.adam(List.of(), rule, zeros(2), x), "[adam]", "veto", "1 element");
    refuses(() -> TensorOps.copyUnless(x, x, x), "[copy unless]", "veto", "1 element,", "(3)");
    List<Tensor> two = List.of(x, x);
    refuses(() -> TensorOps.markNonFinite(two, x, 2), "[mark non-finite]", "2", "axis 0", "(3)");
    refuses(() -> TensorOps.scatterRows(zeros(2, 3), x, 4), "[scatter rows]", "2 elements", "(3)");
  }

  @Test
  void rowsThatAreNoListOrTooMany() {
    refuses(
        () -> TensorOps.gatherRows(zeros(2, 3), zeros(1, 2)), "[gather rows]", "rank 1", "(1,2)");
    refuses(
        () -> TensorOps.scatterRows(zeros(1, 1), zeros(1), (1 << 24) + 1),
        "[scatter rows]",
        "16777216",
        "(16777217,1)");
  }

  @Test
  void clampWithItsBoundsSwapped() {
    refuses(() -> TensorOps.clamp(zeros(2), 1, -1), "[clamp]", "1.0", "-1.0", "swap");
    refuses(() -> TensorOps.clamp(zeros(2), Double.NaN, 1), "[clamp]", "NaN");
  }

  @Test
  void matricesThatDoNotFit() {
    Tensor a = zeros(2, 3);
    Tensor b = zeros(4, 5);
    refuses(() -> TensorOps.matmul(a, true, b, false), "[matmul]", "2 and 4", "(2,3)^T", "(4,5)");
    refuses(() -> TensorOps.matmul(a, false, b, true), "3 and 5", "(2,3) * (4,5)^T", "transpose");
    refuses(() -> TensorOps.matmul(zeros(6), false, b, false), "left operand", "rank 2", "(6)");
    refuses(() -> TensorOps.matmul(a, false, zeros(1, 3, 5), false), "right operand", "rank 3");
  }

  @Test
  void convolutionsThatDoNotFit() {
    Tensor x = zeros(1, 4, 4, 3);
    Tensor w = zeros(3, 3, 3, 8);
    Activation f = Activation.IDENTITY;
    refuses(
        () -> TensorOps.conv2d(x, zeros(3, 3, 4, 8), null, PLAIN, f),
        "[conv2d]",
        "3 channels",
        "expects 4",
        "(1,4,4,3) * (3,3,4,8)",
        "(N,H,W,C)");
    refuses(() -> TensorOps.conv2d(zeros(4, 4, 3), w, null, PLAIN, f), "(4,4,3)", "(kh,kw,C,O)");
    refuses(
        () -> TensorOps.conv2d(zeros(1, 2, 4, 3), w, null, PLAIN, f),
        "smaller than the kernel",
        "(1,2,4,3)",
        "pad more");
    refuses(() -> TensorOps.conv2d(zeros(1, 4, 2, 3), w, null, PLAIN, f), "smaller");
    refuses(() -> TensorOps.conv2d(x, w, zeros(3), PLAIN, f), "bias", "(3)", "(8)");
    refuses(() -> TensorOps.conv2d(x, w, zeros(1, 8), PLAIN, f), "bias", "(1,8)", "(8)");
    refuses(
        () -> TensorOps.conv2dInputGrad(zeros(1, 3, 2, 8), w, PLAIN, x.shape()),
        "[conv2d input gradient]",
        "(1,3,2,8)",
        "(1,2,2,8)");
    refuses(
        () -> TensorOps.conv2dWeightGrad(x, zeros(2, 2, 2, 8), PLAIN, w.shape()),
        "[conv2d weight gradient]",
        "(2,2,2,8)",
        "(1,2,2,8)");
    refuses(() -> new Conv2dGeometry(0, 0, 0, 0, 0), "stride 0");
    refuses(() -> new Conv2dGeometry(1, 0, 0, -1, 0), "left -1");
  }

  @Test
  void partsOutside() {
    Tensor x = zeros(2, 5);
    refuses(() -> TensorOps.slice(x, 1, 3, 3), "[slice]", "3 entries from 3", "axis 1", "(2,5)");
    refuses(() -> TensorOps.slice(x, 1, -1, 3), "[slice]", "-1");
    refuses(() -> TensorOps.slice(x, 1, 1, Integer.MAX_VALUE), "[slice]");
    refuses(() -> TensorOps.slice(x, 2, 0, 1), "axis 2", "(2,5)");
    refuses(() -> TensorOps.pad(x, 1, 3, 7), "[pad]", "5 entries from 3", "(2,7)");
    refuses(() -> TensorOps.concat(List.of(x, zeros(3, 5)), 1), "[concat]", "(2,5)", "(3,5)");
    refuses(() -> TensorOps.concat(List.of(), 0), "[concat]", "at least one");
  }

  @Test
  void imagesThatCannotBeResampled() {
    refuses(() -> TensorOps.transpose(zeros(4, 3)), "[transpose]", "rank 3", "(4,3)");
    refuses(() -> TensorOps.upsample2x(zeros(4, 4, 3)), "[upsample]", "rank 4", "(4,4,3)");
    refuses(
        () -> TensorOps.addUpsampled(zeros(1, 4, 4, 2), zeros(1, 2, 3, 2), Activation.RELU),
        "[add upsampled]",
        "(1,2,3,2)",
        "(1,4,6,2)",
        "(1,4,4,2)");
    refuses(() -> TensorOps.upsample2xGrad(zeros(4, 4)), "[upsample gradient]", "rank 4");
    refuses(() -> TensorOps.upsample2xGrad(zeros(1, 4, 3, 2)), "even", "(1,4,3,2)");
    refuses(() -> TensorOps.upsample2xGrad(zeros(1, 3, 4, 2)), "even", "(1,3,4,2)");
  }

  @Test
  void scenesThatDoNotDescribeTheImages() {
    Tensor scenes = zeros(2, 3, 9);
    refuses(() -> paint(zeros(2, 9), zeros(2, 8, 8, 9)), "[paint]", "rank 3");
    refuses(() -> paint(scenes, zeros(8, 8, 9)), "[paint]", "rank 4");
    for (int[] images : new int[][] {{2, 8, 8, 3}, {3, 8, 8, 9}, {2, 8, 4, 9}}) {
      Tensor other = zeros(images);
      refuses(() -> paint(scenes, other), "[paint]", "(2,3,9)", other.shape().toString());
    }
    refuses(() -> paint(zeros(2, 3, 8), zeros(2, 8, 8, 9)), "[paint]", "3+6*discs");
    Throws.naming(
        UnsupportedOperationException.class,
        () -> paint(scenes, zeros(2, 8, 8, 9)),
        "[paint]",
        "'jvm'",
        "upload");
  }

  private static void paint(Tensor scenes, Tensor images) {
    TensorOps.paint(DiscStyle.BLURRED, scenes, images);
  }

  @Test
  void backendsThatDoNotExist() {
    refuses(() -> Backends.get("abacus"), "'abacus'", "jvm", "auto");
  }
}
