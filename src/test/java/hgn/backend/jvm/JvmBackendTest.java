package hgn.backend.jvm;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;

import hgn.tensor.Activation;
import hgn.tensor.Arena;
import hgn.tensor.Backends;
import hgn.tensor.Conv2dGeometry;
import hgn.tensor.DType;
import hgn.tensor.Shape;
import hgn.tensor.Tensor;
import hgn.tensor.TensorOps;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

class JvmBackendTest {
  /** Operations that are split into several tasks, some with partial sums. */
  private static List<double[]> results(int threads) {
    try (Arena arena = Arena.open("threads")) {
      JvmBackend backend = new JvmBackend(threads);
      assertEquals(threads, backend.threads());
      Conv2dGeometry geometry = Conv2dGeometry.symmetric(1, 1);
      Tensor x = TensorOps.normal(backend, DType.FLOAT64, Shape.of(5, 16, 16, 31), 1, 1);
      Tensor w = TensorOps.normal(backend, DType.FLOAT64, Shape.of(3, 3, 31, 31), 1, 2);
      Tensor y = TensorOps.conv2d(x, w, null, geometry, Activation.TANH);
      List<Tensor> results = new ArrayList<>();
      results.add(x);
      results.add(y);
      results.add(TensorOps.conv2dInputGrad(y, w, geometry, x.shape()));
      results.add(TensorOps.conv2dWeightGrad(x, y, geometry, w.shape()));
      results.add(TensorOps.sum(TensorOps.broadcastTo(x, Shape.of(3, 5, 16, 16, 31))));
      results.add(TensorOps.sumTo(x, Shape.of(5, 1, 1, 1)));
      Tensor flat = x.reshape(Shape.of(1280, 31));
      results.add(TensorOps.matmul(flat, true, flat, false));
      return results.stream().map(Tensor::toDoubles).toList();
    }
  }

  @Test
  void resultsDoNotDependOnTheNumberOfThreads() {
    List<double[]> one = results(1);
    for (int threads : new int[] {2, 5}) {
      List<double[]> several = results(threads);
      for (int i = 0; i < one.size(); i++) {
        assertArrayEquals(one.get(i), several.get(i), 0, "result " + i);
      }
    }
  }

  @Test
  void smallWorkStaysOnTheCallingThread() {
    AtomicReference<Thread> ran = new AtomicReference<>();
    new Workers(4).ranges(100, 100, (from, count) -> ran.set(Thread.currentThread()));
    assertSame(Thread.currentThread(), ran.get());
  }

  @Test
  void rangesCoverEverythingOnce() {
    int[] seen = new int[1003];
    new Workers(3)
        .ranges(
            seen.length,
            10,
            (from, count) -> {
              for (int i = from; i < from + count; i++) {
                seen[i]++;
              }
            });
    for (int times : seen) {
      assertEquals(1, times);
    }
  }

  @Test
  void isFoundByName() {
    assertEquals("jvm", Backends.get("jvm").name());
    assertSame(Backends.get("jvm"), Backends.get("jvm"));
  }
}
