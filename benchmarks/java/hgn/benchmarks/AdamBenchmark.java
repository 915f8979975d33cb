package hgn.benchmarks;

import hgn.autograd.Var;
import hgn.dynamics.Leapfrog;
import hgn.model.Hgn;
import hgn.nn.Adam;
import hgn.nn.Parameter;
import hgn.tensor.Arena;
import hgn.tensor.Backend;
import hgn.tensor.DType;
import hgn.tensor.Tensor;
import hgn.tensor.TensorOps;
import java.util.ArrayList;
import java.util.List;

/**
 * Guards the optimiser: one update of all 593,380 parameters.
 *
 * <p>You should see more than the rate of a long copy: the numbers, 17 MB in all, stay in a large
 * cache. Workload: the published network; 4 numbers are read and 3 written for each parameter. Run
 * it with {@code java -jar target/benchmarks.jar --only Adam}.
 */
public class AdamBenchmark extends Workload {
  private static final double RATE = 1.5e-4;
  private static final int NUMBERS = 7;

  @Override
  Task prepare(Backend on) {
    Hgn model = new Hgn(PublishedModel.spec(), new Leapfrog(), on, DType.FLOAT32, 0);
    Adam adam = new Adam(model.parameters(), 0.9, 0.999, 1e-8, 0);
    Arena arena = new Arena("gradients");
    try (Arena.Entered owner = arena.enter()) {
      List<Var> gradients = new ArrayList<>();
      for (Parameter parameter : model.parameters().all()) {
        Tensor random = TensorOps.normal(on, DType.FLOAT32, parameter.shape(), 1, gradients.size());
        gradients.add(Var.constant(random));
      }
      Parameter first = model.parameters().all().iterator().next();
      Runnable work =
          () -> {
            adam.step(gradients, RATE);
            on.await();
          };
      double bytes = (double) NUMBERS * Float.BYTES * model.parameters().count();
      return new Task(work, bytes, Ceiling.MEMORY)
          .checkedBy(() -> Results.requireVariation(first.value()))
          .closedBy(
              () -> {
                arena.close();
                adam.close();
                model.close();
              });
    }
  }
}
