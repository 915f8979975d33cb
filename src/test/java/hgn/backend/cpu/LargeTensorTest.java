package hgn.backend.cpu;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hgn.random.Philox;
import hgn.tensor.BinaryOp;
import hgn.tensor.Conv2dGeometry;
import hgn.tensor.DType;
import hgn.tensor.Shape;
import hgn.tensor.Tensor;
import hgn.tensor.TensorOps;
import java.util.List;

/** The other operations on tensors that are large enough to be shared among threads. */
class LargeTensorTest {
  private static final double TOLERANCE = 2e-6;

  @EverySetup
  void matrixProductsAgreeWithDoublePrecision(Setup setup) {
    int[][] sizes = {{257, 301, 130}, {3, 1500, 260}, {1, 700, 515}, {2100, 19, 5}, {64, 64, 64}};
    setup.run(
        cpu -> {
          for (int[] s : sizes) {
            for (int flags = 0; flags < 4; flags++) {
              boolean ta = (flags & 1) != 0;
              boolean tb = (flags & 2) != 0;
              new Agreement(cpu)
                  .check(
                      "matmul " + s[0] + " " + s[1] + " " + s[2] + " " + ta + " " + tb,
                      TOLERANCE,
                      operands -> {
                        Tensor a = ta ? operands.of(s[1], s[0]) : operands.of(s[0], s[1]);
                        Tensor b = tb ? operands.of(s[2], s[1]) : operands.of(s[1], s[2]);
                        return TensorOps.matmul(a, ta, b, tb);
                      });
            }
          }
        });
  }

  @EverySetup
  void sumsAgreeWithDoublePrecision(Setup setup) {
    int[] from = {48, 33, 35, 14};
    int[][] to = {
      {1, 1, 1, 14},
      {48, 33, 35, 1},
      {1, 33, 35, 14},
      {48, 1, 1, 14},
      {48, 1, 35, 1},
      {1, 33, 1, 14},
      {1, 1, 1, 1},
    };
    setup.run(
        cpu -> {
          for (int[] shape : to) {
            new Agreement(cpu)
                .check(
                    "sum to " + Shape.of(shape),
                    TOLERANCE,
                    operands -> TensorOps.sumTo(operands.of(from), Shape.of(shape)));
          }
          new Agreement(cpu)
              .check(
                  "sum of 64 columns",
                  TOLERANCE,
                  operands -> TensorOps.sumTo(operands.of(9001, 67), Shape.of(67)));
        });
  }

  @EverySetup
  void operandsAreRepeatedAlike(Setup setup) {
    int[][] partners = {{1, 1, 1, 14}, {48, 33, 35, 1}, {48, 1, 35, 14}, {1, 33, 1, 1}};
    setup.run(
        cpu -> {
          for (int[] partner : partners) {
            new Agreement(cpu)
                .check(
                    "difference with " + Shape.of(partner),
                    TOLERANCE,
                    operands ->
                        TensorOps.binary(
                            BinaryOp.SUB, operands.of(partner), operands.of(48, 33, 35, 14)));
            new Agreement(cpu)
                .check(
                    "repetition of " + Shape.of(partner),
                    0,
                    operands ->
                        TensorOps.broadcastTo(operands.of(partner), Shape.of(48, 33, 35, 14)));
          }
        });
  }

  @EverySetup
  void imagesAreDoubledAndHalvedAlike(Setup setup) {
    setup.run(
        cpu -> {
          new Agreement(cpu)
              .check("upsample", 0, operands -> TensorOps.upsample2x(operands.of(9, 21, 20, 33)));
          new Agreement(cpu)
              .check(
                  "upsample gradient",
                  TOLERANCE,
                  operands -> TensorOps.upsample2xGrad(operands.of(9, 42, 20, 33)));
          new Agreement(cpu)
              .check("slice", 0, operands -> TensorOps.slice(operands.of(400, 33, 101), 1, 7, 20));
        });
  }

  @EverySetup
  void normalNumbersAreThoseOfTheStream(Setup setup) {
    double[] expected = new double[50_003];
    Philox.normal(1234567890123L, -5, expected);
    setup.run(
        cpu -> {
          Shape shape = Shape.of(expected.length);
          float[] actual =
              TensorOps.normal(cpu, DType.FLOAT32, shape, 1234567890123L, -5).toFloats();
          for (int i = 0; i < actual.length; i++) {
            assertTrue(
                Math.abs(actual[i] - expected[i]) <= 1e-6 * Math.max(1, Math.abs(expected[i])),
                "number " + i + " is " + actual[i] + ", expected " + expected[i]);
          }
        });
  }

  @EverySetup
  void oneInfiniteElementIsFoundAnywhere(Setup setup) {
    setup.run(
        cpu -> {
          float[] values = new float[1_200_001];
          Tensor x = Tensor.of(cpu, DType.FLOAT32, Shape.of(values.length), values);
          Tensor flags = Tensor.full(cpu, DType.FLOAT32, Shape.of(4), 0);
          TensorOps.markNonFinite(List.of(x), flags, 0);
          int flag = 0;
          for (int at : new int[] {0, 600_000, 1_200_000}) {
            values[at] = Float.NEGATIVE_INFINITY;
            TensorOps.markNonFinite(List.of(x.set(values)), flags, ++flag);
            values[at] = 0;
          }
          assertArrayEquals(new float[] {0, 1, 1, 1}, flags.toFloats());
        });
  }

  @EverySetup
  void resultsAreTheSameInEveryRun(Setup setup) {
    setup.run(
        cpu -> {
          Tensor x = TensorOps.normal(cpu, DType.FLOAT32, Shape.of(24, 32, 32, 16), 1, 1);
          Tensor g = TensorOps.normal(cpu, DType.FLOAT32, Shape.of(24, 32, 32, 24), 1, 2);
          Shape weight = Shape.of(3, 3, 16, 24);
          Conv2dGeometry geometry = Conv2dGeometry.symmetric(1, 1);
          float[] first = TensorOps.conv2dWeightGrad(x, g, geometry, weight).toFloats();
          float[] sum = TensorOps.sum(x).toFloats();
          for (int run = 0; run < 5; run++) {
            assertArrayEquals(first, TensorOps.conv2dWeightGrad(x, g, geometry, weight).toFloats());
            assertArrayEquals(sum, TensorOps.sum(x).toFloats());
          }
        });
  }
}
