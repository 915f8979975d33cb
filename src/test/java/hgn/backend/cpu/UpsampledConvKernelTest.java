package hgn.backend.cpu;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hgn.autograd.Gradients;
import hgn.autograd.Var;
import hgn.autograd.ops.Arithmetic;
import hgn.autograd.ops.Reductions;
import hgn.autograd.ops.UpsampledConvolution;
import hgn.tensor.Activation;
import hgn.tensor.DType;
import hgn.tensor.MemoryPool;
import hgn.tensor.Shape;
import hgn.tensor.Tensor;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The convolution after an upsampling, compared with its composition in double precision. */
class UpsampledConvKernelTest {
  /** More than for other convolutions: the last outputs of a tile weigh a sum 64-fold. */
  private static final double TOLERANCE = 1e-5;

  /** Samples, height, width, channels, outputs: one pixel, odd sizes, many blocks of tiles. */
  private static final List<int[]> CASES =
      List.of(
          new int[] {1, 1, 1, 16, 16},
          new int[] {3, 5, 7, 16, 48},
          new int[] {2, 3, 1, 32, 80},
          new int[] {1, 4, 4, 3, 9},
          new int[] {5, 8, 9, 24, 16},
          new int[] {3, 9, 13, 37, 41},
          new int[] {9, 16, 17, 64, 64});

  private static Var spread(Tensor like) {
    return Var.constant(
        Tensor.of(
            like.backend(),
            like.dtype(),
            UpsampledConvolution.SPREAD,
            UpsampledConvolution.spreadValues()));
  }

  /** The value, or the gradient of its weighted sum with respect to image, weight or bias. */
  private static Tensor compute(Agreement.Operands operands, int[] c, int by) {
    List<Var> leaves = new ArrayList<>();
    leaves.add(Var.leaf(operands.of(c[0], c[1], c[2], c[3])));
    leaves.add(Var.leaf(operands.of(3, 3, c[3], c[4])));
    leaves.add(Var.leaf(operands.of(c[4])));
    Var spread = spread(leaves.get(0).value());
    Var y =
        UpsampledConvolution.upsampledConv2d(
            leaves.get(0), leaves.get(1), leaves.get(2), Activation.SOFTPLUS, spread);
    if (by < 0) {
      return y.value();
    }
    Var g = Var.constant(operands.of(c[0], 2 * c[1], 2 * c[2], c[4]));
    return Gradients.of(Reductions.sum(Arithmetic.mul(y, g)), leaves, false).get(by).value();
  }

  @EverySetup
  void valueAndGradientsAgreeWithDoublePrecision(Setup setup) {
    setup.run(
        cpu -> {
          Agreement agreement = new Agreement(cpu);
          for (int[] c : CASES) {
            for (int by = -1; by < 3; by++) {
              int what = by;
              agreement.check(
                  "upsampled " + Shape.of(c) + " by " + what,
                  TOLERANCE,
                  operands -> compute(operands, c, what));
            }
          }
        });
  }

  @Test
  void fewChannelsAndDoublePrecisionAreLeftToTheComposition() {
    CpuUpsampledConv kernel =
        new CpuUpsampledConv(
            new Filters(new MemoryPool(NativeMemory::allocate)), new Rounding(Isa.PORTABLE));
    assertTrue(kernel.suits(DType.FLOAT32, 16, 64));
    assertTrue(kernel.suits(DType.FLOAT32, 3, 8));
    assertFalse(kernel.suits(DType.FLOAT32, 2, 64));
    assertFalse(kernel.suits(DType.FLOAT32, 16, 3));
    assertFalse(kernel.suits(DType.FLOAT64, 16, 64));
  }
}
