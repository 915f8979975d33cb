import static hgn.autograd.ops.Arithmetic.add;
import static hgn.autograd.ops.Arithmetic.scale;
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
import hgn.random.Philox;
import hgn.tensor.Activation;
import hgn.tensor.Arena;
import hgn.tensor.Backend;
import hgn.tensor.Backends;
import hgn.tensor.DType;
import hgn.tensor.Shape;
import hgn.tensor.Tensor;
import java.util.Arrays;
import java.util.List;

/**
 * Learns the energy of a star in a galaxy, after Henon and Heiles: H = |p|^2/2 + V(q) with V = (x^2
 * + y^2)/2 + x^2 y - y^3/3.
 *
 * <p>Two networks T(p) and V(q) move stars by a leapfrog step, whose kicks and drift are gradients.
 * The loss compares where the stars are then with where they should be, so its own gradient goes
 * back through three gradients, one of them taken at what another has led to.
 *
 * <pre>java -cp target/hgn4j.jar src/examples/java/LearnHenonHeiles.java</pre>
 */
public class LearnHenonHeiles {
  static final Backend JVM = Backends.get("jvm");
  static final double DT = 0.1;
  static final int STARS = 1000;
  static final int BATCH = 100;
  static final int STEPS = 3000;

  final Parameters parameters = new Parameters(JVM, DType.FLOAT64);
  final Init init = new Init(1);
  final Net kinetic = new Net("kinetic");
  final Net potential = new Net("potential");

  /** Positions (x, y) and momenta of N stars; (N, 2) each. */
  record Stars(Var q, Var p) {}

  public static void main(String[] args) {
    try (Arena arena = Arena.open("galaxy")) {
      LearnHenonHeiles galaxy = new LearnHenonHeiles();
      galaxy.learn();
      galaxy.draw();
      galaxy.examine();
    }
  }

  /** A function of two numbers: (N, 2) to (N, 1). */
  final class Net {
    final Linear first;
    final Linear second;
    final Linear last;

    Net(String name) {
      first = new Linear(parameters, init, name + ".first", 2, 32, Activation.TANH, 2);
      second = new Linear(parameters, init, name + ".second", 32, 32, Activation.TANH, 1);
      last = new Linear(parameters, init, name + ".last", 32, 1, Activation.IDENTITY, 1);
    }

    Var value(Var x) {
      return last.apply(second.apply(first.apply(x)));
    }

    /** Its gradient at each x: (N, 2), on the tape as all that it is computed from. */
    Var slope(Var x) {
      return Gradients.of(sum(value(x)), List.of(x), true).get(0); // a first backward
    }
  }

  /** The stars a step later: kick, drift, kick. */
  Stars leapfrog(Stars s) {
    Var half = sub(s.p, scale(potential.slope(s.q), DT / 2));
    Var q = add(s.q, scale(kinetic.slope(half), DT));
    return new Stars(q, sub(half, scale(potential.slope(q), DT / 2)));
  }

  void learn() {
    double[][] start = draw(1);
    double[][] end = Arrays.stream(start).map(s -> later(s)).toArray(double[][]::new);
    Adam adam = new Adam(parameters, 0.9, 0.999, 1e-8, 0);
    for (int step = 0; step <= STEPS; step++) {
      try (Arena arena = Arena.open("step")) {
        int from = step * BATCH % STARS;
        Stars moved = leapfrog(stars(start, from, BATCH));
        Stars truth = stars(end, from, BATCH);
        Var loss = mean(add(square(sub(moved.q, truth.q)), square(sub(moved.p, truth.p))));
        double rate = 5e-3 * Math.pow(0.02, (double) step / STEPS);
        adam.step(Gradients.orZero(loss, parameters.vars(), false), rate); // the second backward
        if (step % 500 == 0) {
          System.out.printf("step %4d   loss %.8f%n", step, loss.item());
        }
      }
    }
  }

  static Stars stars(double[][] states, int from, int count) {
    double[] q = new double[2 * count];
    double[] p = new double[2 * count];
    for (int i = 0; i < count; i++) {
      System.arraycopy(states[from + i], 0, q, 2 * i, 2);
      System.arraycopy(states[from + i], 2, p, 2 * i, 2);
    }
    return new Stars(pairs(q), pairs(p));
  }

  static Var pairs(double... numbers) {
    return Var.leaf(Tensor.of(JVM, DType.FLOAT64, Shape.of(numbers.length / 2, 2), numbers));
  }

  /** States (x, y, p_x, p_y) of stars that cannot leave, drawn under a seed. */
  static double[][] draw(long seed) {
    double[][] states = new double[STARS][4];
    long stream = 0;
    for (double[] s : states) {
      do {
        Philox.uniform(seed, stream++, s);
        Arrays.setAll(s, k -> 1.2 * s[k] - 0.6);
      } while ((s[2] * s[2] + s[3] * s[3]) / 2 + truth(s[0], s[1]) > 1.0 / 6);
    }
    return states;
  }

  static double truth(double x, double y) {
    return (x * x + y * y) / 2 + x * x * y - y * y * y / 3;
  }

  /** The true state after DT, by leapfrog steps that are a hundred times smaller. */
  static double[] later(double[] state) {
    double[] s = state.clone();
    for (int i = 0; i < 100; i++) {
      kick(s, DT / 200);
      s[0] += DT / 100 * s[2];
      s[1] += DT / 100 * s[3];
      kick(s, DT / 200);
    }
    return s;
  }

  static void kick(double[] s, double dt) {
    s[2] -= dt * (s[0] + 2 * s[0] * s[1]);
    s[3] -= dt * (s[1] + s[0] * s[0] - s[1] * s[1]);
  }

  void draw() {
    System.out.println("\nLevels of the learnt V and of the true one; x to the right, y up:\n");
    double rest = potential.value(pairs(0, 0)).item();
    for (double y = 0.72; y > -0.66; y -= 0.06) {
      StringBuilder learnt = new StringBuilder();
      StringBuilder truth = new StringBuilder();
      for (double x = -0.6; x < 0.615; x += 0.03) {
        learnt.append(level(potential.value(pairs(x, y)).item() - rest));
        truth.append(level(truth(x, y)));
      }
      System.out.println(learnt + "     " + truth);
    }
  }

  /** Every other level is left blank. */
  static char level(double energy) {
    int level = Math.max(0, Math.min(9, (int) (45 * energy)));
    return level % 2 == 0 ? ' ' : (char) ('0' + level);
  }

  /** The field (dH/dp, -dH/dq) beside the true one. */
  void examine() {
    double[][] fresh = draw(2);
    Stars at = stars(fresh, 0, STARS);
    double[] velocities = kinetic.slope(at.p).value().toDoubles();
    double[] forces = potential.slope(at.q).value().toDoubles();
    double error = 0;
    double size = 0;
    for (int i = 0; i < 2 * STARS; i++) {
      double[] s = fresh[i / 2];
      double velocity = s[2 + i % 2];
      double force = i % 2 == 0 ? -s[0] - 2 * s[0] * s[1] : -s[1] - s[0] * s[0] + s[1] * s[1];
      error += Math.pow(velocities[i] - velocity, 2) + Math.pow(-forces[i] - force, 2);
      size += velocity * velocity + force * force;
    }
    System.out.printf("%nrelative error at 1000 fresh states: %.4f%n", Math.sqrt(error / size));
  }
}
