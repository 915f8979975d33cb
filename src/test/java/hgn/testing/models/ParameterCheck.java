package hgn.testing.models;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import hgn.autograd.Gradients;
import hgn.autograd.Var;
import hgn.nn.Parameter;
import hgn.nn.Parameters;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.function.Supplier;

/**
 * Compares the gradient with respect to every parameter with a difference quotient along a random
 * direction.
 */
public final class ParameterCheck {
  private static final double STEP = 1e-6;

  private final Supplier<Var> loss;

  private ParameterCheck(Supplier<Var> loss) {
    this.loss = loss;
  }

  /**
   * Checks all parameters.
   *
   * @param loss a scalar, recomputed from the parameters at each call
   * @param idle names of the parameters that it does not depend on
   */
  public static void check(Parameters parameters, Supplier<Var> loss, Set<String> idle) {
    ParameterCheck check = new ParameterCheck(loss);
    List<Var> gradients = Gradients.orZero(loss.get(), parameters.vars(), false);
    int i = 0;
    for (Parameter parameter : parameters.all()) {
      double[] gradient = gradients.get(i++).value().toDoubles();
      double[] direction = new SplittableRandom(i).doubles(gradient.length, -1, 1).toArray();
      double slope = 0;
      for (int k = 0; k < gradient.length; k++) {
        slope += gradient[k] * direction[k];
      }
      double expected = check.quotient(parameter, direction);
      if (!idle.contains(parameter.name())) {
        assertNotEquals(0, slope, parameter.name());
      }
      assertEquals(expected, slope, 1e-7 * Math.max(1, Math.abs(expected)), parameter.name());
    }
  }

  private double quotient(Parameter parameter, double[] direction) {
    double[] at = parameter.value().toDoubles();
    double up = lossAt(parameter, at, direction, STEP);
    double down = lossAt(parameter, at, direction, -STEP);
    parameter.value().set(at);
    return (up - down) / (2 * STEP);
  }

  private double lossAt(Parameter parameter, double[] at, double[] direction, double h) {
    double[] moved = at.clone();
    for (int k = 0; k < at.length; k++) {
      moved[k] += h * direction[k];
    }
    parameter.value().set(moved);
    return loss.get().item();
  }
}
