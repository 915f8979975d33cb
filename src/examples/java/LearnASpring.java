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
 * Learns the energy of a spring from how it moves: H(q, p) = p^2/2m + k q^2/2 with m = 1/2 and k =
 * 2, which is p^2 + q^2.
 *
 * <p>A network is asked for the gradient of its output, which by Hamilton's equations is to be
 * (-dp/dt, dq/dt). The loss compares the two, so its own gradient goes back through a gradient.
 *
 * <pre>java -cp target/hgn4j.jar src/examples/java/LearnASpring.java</pre>
 */
public class LearnASpring {
  static final Backend JVM = Backends.get("jvm");
  static final double DT = 0.05;

  final Parameters parameters = new Parameters(JVM, DType.FLOAT64);
  final Init init = new Init(1);
  final Linear first = new Linear(parameters, init, "first", 2, 32, Activation.TANH, 3);
  final Linear second = new Linear(parameters, init, "second", 32, 32, Activation.TANH, 1);
  final Linear last = new Linear(parameters, init, "last", 32, 1, Activation.IDENTITY, 1);

  public static void main(String[] args) {
    try (Arena arena = Arena.open("spring")) {
      LearnASpring spring = new LearnASpring();
      spring.learn();
      spring.show();
    }
  }

  /** H of states (N, 2), a q and a p each: (N, 1). */
  Var energy(Var states) {
    return last.apply(second.apply(first.apply(states)));
  }

  /** (dH/dq, dH/dp) at each state: (N, 2), on the tape as all that it is computed from. */
  Var gradient(Tensor states) {
    Var at = Var.leaf(states);
    return Gradients.of(sum(energy(at)), List.of(at), true).get(0); // the first backward
  }

  void learn() {
    double[] seen = new double[2 * 300];
    double[] rates = new double[2 * 300];
    for (int i = 0; i < 300; i++) { // five springs, each seen at 60 times
      double size = 0.3 * (1 + i / 60);
      double t = DT * (i % 60);
      seen[2 * i] = q(size, t);
      seen[2 * i + 1] = p(size, t);
      rates[2 * i] = (p(size, t - DT) - p(size, t + DT)) / (2 * DT); // -dp/dt, as far as seen
      rates[2 * i + 1] = (q(size, t + DT) - q(size, t - DT)) / (2 * DT);
    }
    Tensor states = tensor(seen);
    Var observed = Var.constant(tensor(rates));
    Adam adam = new Adam(parameters, 0.9, 0.999, 1e-8, 0);
    for (int step = 0; step <= 1000; step++) {
      try (Arena arena = Arena.open("step")) {
        Var loss = mean(square(sub(gradient(states), observed)));
        adam.step(Gradients.orZero(loss, parameters.vars(), false), 5e-3); // the second backward
        if (step % 200 == 0) {
          System.out.printf("step %4d   loss %.6f%n", step, loss.item());
        }
      }
    }
  }

  static double q(double size, double t) {
    return size * Math.cos(2 * t);
  }

  static double p(double size, double t) {
    return -size * Math.sin(2 * t);
  }

  /** States (N, 2) from N pairs of numbers. */
  static Tensor tensor(double... pairs) {
    return Tensor.of(JVM, DType.FLOAT64, Shape.of(pairs.length / 2, 2), pairs);
  }

  void show() {
    System.out.println("\nLevels of the learnt energy, and of p^2 + q^2; q to the right, p up:\n");
    double rest = energy(Var.constant(tensor(0, 0))).item();
    double error = 0;
    double size = 0;
    for (double p = 1; p > -1.01; p -= 0.1) {
      StringBuilder learnt = new StringBuilder();
      StringBuilder truth = new StringBuilder();
      for (double q = -1; q < 1.01; q += 0.05) {
        Tensor state = tensor(q, p);
        learnt.append(level(energy(Var.constant(state)).item() - rest));
        truth.append(level(p * p + q * q));
        double[] slope = gradient(state).value().toDoubles();
        error += Math.pow(slope[0] - 2 * q, 2) + Math.pow(slope[1] - 2 * p, 2);
        size += 4 * (p * p + q * q);
      }
      System.out.println(learnt + "     " + truth);
    }
    System.out.printf(
        "%nrelative error of the gradient at these states: %.4f%n", Math.sqrt(error / size));
  }

  /** Every other level is left blank. */
  static char level(double energy) {
    int level = (int) (6 * Math.max(0, energy));
    return level % 2 == 0 ? ' ' : (char) ('0' + Math.min(9, level));
  }
}
