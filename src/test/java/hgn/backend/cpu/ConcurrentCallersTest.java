package hgn.backend.cpu;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;

import hgn.tensor.Activation;
import hgn.tensor.Arena;
import hgn.tensor.Backend;
import hgn.tensor.Conv2dGeometry;
import hgn.tensor.DType;
import hgn.tensor.Shape;
import hgn.tensor.Tensor;
import hgn.tensor.TensorOps;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

/** Several Java threads may use the backend at once, each on tensors of its own. */
class ConcurrentCallersTest {
  private static final int CALLERS = 4;
  private static final int CALLS = 25;

  private static float[] convolve(Backend cpu, int seed) {
    try (Arena arena = Arena.open("caller")) {
      Tensor x = TensorOps.normal(cpu, DType.FLOAT32, Shape.of(16, 16, 16, 32), seed, 1);
      Tensor w = TensorOps.normal(cpu, DType.FLOAT32, Shape.of(3, 3, 32, 32), seed, 2);
      Conv2dGeometry geometry = Conv2dGeometry.symmetric(1, 1);
      Tensor y = TensorOps.conv2d(x, w, null, geometry, Activation.TANH);
      return TensorOps.conv2dWeightGrad(x, y, geometry, w.shape()).toFloats();
    }
  }

  @Test
  void callersDoNotDisturbEachOther() throws Exception {
    Backend cpu = Setup.require();
    List<float[]> alone = new ArrayList<>();
    for (int seed = 0; seed < CALLERS; seed++) {
      alone.add(convolve(cpu, seed));
    }
    ExecutorService callers = Executors.newFixedThreadPool(CALLERS);
    try {
      List<Future<List<float[]>>> together = new ArrayList<>();
      for (int caller = 0; caller < CALLERS; caller++) {
        int seed = caller;
        together.add(
            callers.submit(
                () -> {
                  List<float[]> results = new ArrayList<>();
                  for (int call = 0; call < CALLS; call++) {
                    results.add(convolve(cpu, seed));
                  }
                  return results;
                }));
      }
      for (int caller = 0; caller < CALLERS; caller++) {
        for (float[] result : together.get(caller).get()) {
          assertArrayEquals(alone.get(caller), result);
        }
      }
    } finally {
      callers.shutdown();
    }
  }
}
