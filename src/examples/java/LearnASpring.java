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
  static final int TIMES = 60;
  static final int SPRINGS = 5;

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
  Var gradient(Tensor states) {
    Var at = Var.leaf(states);
    return Gradients.of(sum(energy(at)), List.of(at), true).get(0);
  }

  /** q and p of each spring at each time; {@code ahead} steps later than usual. */
  static double[] film(int ahead) {
    double[] states = new double[2 * SPRINGS * TIMES];
    for (int i = 0; i < SPRINGS * TIMES; i++) {
      double size = 0.3 * (1 + i / TIMES);
      double angle = 2 * DT * (i % TIMES + ahead);
      states[2 * i] = size * Math.cos(angle);
      states[2 * i + 1] = -size * Math.sin(angle);
    }
    return states;
  }

  static Tensor tensor(double... pairs) {
    return Tensor.of(JVM, DType.FLOAT64, Shape.of(pairs.length / 2, 2), pairs);
  }

  void learn() {
    double[] before = film(-1);
    double[] after = film(1);
    double[] rates = new double[before.length];
    for (int i = 0; i < rates.length; i += 2) { // central differences
      rates[i] = (before[i + 1] - after[i + 1]) / (2 * DT);
      rates[i + 1] = (after[i] - before[i]) / (2 * DT);
    }
    Tensor states = tensor(film(0));
    Adam adam = new Adam(parameters, 0.9, 0.999, 1e-8, 0);
    for (int step = 0; step <= 1000; step++) {
      try (Arena arena = Arena.open("step")) {
        Var loss = mean(square(sub(gradient(states), Var.constant(tensor(rates)))));
        adam.step(Gradients.orZero(loss, parameters.vars(), false), 5e-3); // the second backward
        if (step % 200 == 0) {
          System.out.printf("step %4d   loss %.6f%n", step, loss.item());
        }
      }
    }
  }

  /** Draws the levels of the learnt energy, and measures its gradient between the orbits seen. */
  void show() {
    System.out.println(
        "\nLevels of the learnt energy; q to the right, p up. True ones are circles:\n");
    double rest = energy(Var.constant(tensor(0, 0))).item();
    double error = 0;
    double size = 0;
    for (double p = 1; p > -1.01; p -= 0.1) {
      StringBuilder line = new StringBuilder();
      for (double q = -1; q < 1.01; q += 0.05) {
        Tensor state = tensor(q, p);
        int level = (int) Math.max(0, 6 * (energy(Var.constant(state)).item() - rest));
        line.append(level % 2 == 0 ? " " : Math.min(9, level));
        double[] slope = gradient(state).value().toDoubles();
        error += Math.pow(slope[0] - 2 * q, 2) + Math.pow(slope[1] - 2 * p, 2);
        size += 4 * (p * p + q * q);
      }
      System.out.println(line);
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
