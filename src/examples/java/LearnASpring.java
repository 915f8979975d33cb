import static hgn.autograd.ops.Arithmetic.sub;
import static hgn.autograd.ops.Functions.square;
import static hgn.autograd.ops.Reductions.mean;
import static hgn.autograd.ops.Reductions.sum;

import hgn.autograd.Gradients;
import hgn.autograd.Var;
import hgn.nn.Adam;
import hgn.nn.Init;
import hgn.nn.Linear;
import hgn.nn.Parameters;
import hgn.tensor.Activation;
import hgn.tensor.Arena;
import hgn.tensor.Backend;
import hgn.tensor.Backends;
import hgn.tensor.DType;
import hgn.tensor.Shape;
import hgn.tensor.Tensor;
import java.util.List;

/**
 * Learns the energy of a spring, p^2 + q^2, from its motion. Hamilton's equations say that the
 * gradient (dH/dq, dH/dp) is (-dp/dt, dq/dt). The loss compares the two, so its own gradient goes
 * back through a gradient.
 *
 * <pre>java -cp target/hgn4j.jar src/examples/java/LearnASpring.java</pre>
 */
public class LearnASpring {
  static final Backend JVM = Backends.get("jvm");
  static final double DT = 0.05;
  static final int STATES = 5 * 60; // five springs, each at 60 times

  final Parameters parameters = new Parameters(JVM, DType.FLOAT64);
  final Init init = new Init(1);
  final Linear first = new Linear(parameters, init, "first", 2, 32, Activation.TANH, 3);
  final Linear second = new Linear(parameters, init, "second", 32, 32, Activation.TANH, 1);
  final Linear last = new Linear(parameters, init, "last", 32, 1, Activation.IDENTITY, 1);

  /** H of states (N,2), each a q and a p: (N,1). */
  Var energy(Var states) {
    return last.apply(second.apply(first.apply(states)));
  }

  /** (dH/dq, dH/dp) at states (N,2): the first backward, recorded to be differentiated again. */
  Var gradient(Var states) {
    return Gradients.of(sum(energy(states)), List.of(states), true).get(0);
  }

  /** q and p of each spring at each time; {@code ahead} steps later than usual. */
  static double[] film(int ahead) {
    double[] states = new double[2 * STATES];
    for (int i = 0; i < STATES; i++) {
      double size = 0.3 * (1 + i / 60);
      double angle = 2 * DT * (i % 60 + ahead);
      states[2 * i] = size * Math.cos(angle);
      states[2 * i + 1] = -size * Math.sin(angle);
    }
    return states;
  }

  static Var leaf(double... states) {
    return Var.leaf(Tensor.of(JVM, DType.FLOAT64, Shape.of(states.length / 2, 2), states));
  }

  void learn() {
    double[] before = film(-1);
    double[] after = film(1);
    double[] slopes = new double[2 * STATES];
    for (int i = 0; i < slopes.length; i += 2) { // -dp/dt, dq/dt as central differences
      slopes[i] = (before[i + 1] - after[i + 1]) / (2 * DT);
      slopes[i + 1] = (after[i] - before[i]) / (2 * DT);
    }
    Adam adam = new Adam(parameters, 0.9, 0.999, 1e-8, 0);
    for (int step = 0; step <= 1000; step++) {
      try (Arena arena = Arena.open("step")) {
        Var loss = mean(square(sub(gradient(leaf(film(0))), leaf(slopes))));
        adam.step(Gradients.orZero(loss, parameters.vars(), false), 5e-3); // the second backward
        if (step % 200 == 0) {
          System.out.printf("step %4d   loss %.6f%n", step, loss.item());
        }
      }
    }
  }

  /** Draws the levels of the learnt energy, and measures its gradient between the orbits seen. */
  void show() {
    double error = 0;
    double size = 0;
    System.out.println("\nLevels of the learnt energy, q to the right, p up:\n");
    for (int row = 10; row >= -10; row--) {
      for (int column = -20; column <= 20; column++) {
        double q = column / 20.0;
        double p = row / 10.0;
        double height = energy(leaf(q, p)).item() - energy(leaf(0, 0)).item();
        System.out.print(" 1 2 3 4 5 6 7 8".charAt((int) (6 * height)));
        double[] slope = gradient(leaf(q, p)).value().toDoubles();
        error += Math.pow(slope[0] - 2 * q, 2) + Math.pow(slope[1] - 2 * p, 2);
        size += 4 * (q * q + p * p);
      }
      System.out.println();
    }
    System.out.printf("%nrelative error of the gradient: %.4f%n", Math.sqrt(error / size));
  }

  public static void main(String[] args) {
    try (Arena arena = Arena.open("spring")) {
      LearnASpring spring = new LearnASpring();
      spring.learn();
      spring.show();
    }
  }
}
