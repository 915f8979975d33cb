package hgn.nhf;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hgn.autograd.Gradients;
import hgn.autograd.Var;
import hgn.autograd.check.GradCheck;
import hgn.nn.Parameter;
import hgn.tensor.Arena;
import hgn.tensor.DType;
import hgn.tensor.Shape;
import hgn.tensor.Tensor;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class NeuralHamiltonianFlowTest {
  @Test
  void pullUndoesPush() {
    try (NeuralHamiltonianFlow flow = TinyNhf.create();
        Arena arena = Arena.open("test")) {
      NhfState origin = TinyNhf.state(200);
      NhfState moved = flow.push(origin);
      NhfState back = flow.pull(moved);
      double[] q = origin.q().value().toDoubles();
      double[] movedQ = moved.q().value().toDoubles();
      double furthest = 0;
      for (int i = 0; i < q.length; i++) {
        furthest = Math.max(furthest, Math.abs(q[i] - movedQ[i]));
      }
      assertTrue(furthest > 0.5, "the flow moves points by " + furthest);
      assertArrayEquals(q, back.q().value().toDoubles(), 1e-12);
      assertArrayEquals(origin.p().value().toDoubles(), back.p().value().toDoubles(), 1e-12);
      NhfState around = flow.push(flow.pull(origin));
      assertArrayEquals(q, around.q().value().toDoubles(), 1e-12);
    }
  }

  /** The prior of both q_0 and p_0 minus the encoder's density, computed by hand for one point. */
  @Test
  void aLogWeightIsTheRatioOfTheJointDensities() {
    try (NeuralHamiltonianFlow flow = TinyNhf.create();
        Arena arena = Arena.open("test")) {
      for (Parameter parameter : flow.parameters().all()) {
        if (parameter.name().startsWith("encoder")) {
          parameter.value().set(new double[(int) parameter.shape().count()]);
        }
      }
      flow.parameters().get("encoder.mean.2.bias").value().set(0.5, -0.25);
      flow.parameters().get("encoder.log-deviation.2.bias").value().set(Math.log(2), Math.log(3));
      Var q = Var.constant(TinyNhf.normal(1, 2, 1));
      Var eps = Var.constant(Tensor.of(TinyNhf.JVM, DType.FLOAT64, Shape.of(1, 2), 0.3, -0.7));
      Var p =
          Var.constant(
              Tensor.of(
                  TinyNhf.JVM, DType.FLOAT64, Shape.of(1, 2), 0.5 + 2 * 0.3, -0.25 - 3 * 0.7));
      NhfState origin = flow.pull(new NhfState(q, p));
      double prior = logNormal(origin.q()) + logNormal(origin.p());
      double encoder = logNormal(eps) - Math.log(2) - Math.log(3);
      assertEquals(prior - encoder, flow.logWeights(q, eps).item(), 1e-13);
    }
  }

  private static double logNormal(Var x) {
    double sum = 0;
    for (double value : x.value().toDoubles()) {
      sum -= value * value / 2 + Math.log(2 * Math.PI) / 2;
    }
    return sum;
  }

  /** Without motion q is standard normal; the bound is lower by the encoder's divergence. */
  @Test
  void withoutEnergiesTheDensityIsThePrior() {
    try (NeuralHamiltonianFlow flow = TinyNhf.create();
        Arena arena = Arena.open("test")) {
      for (Parameter parameter : flow.parameters().all()) {
        parameter.value().set(new double[(int) parameter.shape().count()]);
      }
      Var q = Var.constant(TinyNhf.normal(50, 2, 1));
      Var eps = Var.constant(TinyNhf.normal(50, 2, 2));
      assertEquals(logNormal(q) / 50, flow.elbo(q, eps).item(), 1e-13);
      flow.parameters().get("encoder.mean.2.bias").value().set(0.6, 0.8);
      double divergence = 0.5; // |mean|^2/2
      double noise = 0; // the mean of mean . eps, which one draw does not average out
      double[] draws = eps.value().toDoubles();
      for (int i = 0; i < draws.length; i += 2) {
        noise += (0.6 * draws[i] + 0.8 * draws[i + 1]) / 50;
      }
      assertEquals(logNormal(q) / 50 - divergence - noise, flow.elbo(q, eps).item(), 1e-13);
    }
  }

  @Test
  void theBoundsDerivativesByThePointsAreRight() {
    try (NeuralHamiltonianFlow flow = TinyNhf.create();
        Arena arena = Arena.open("test")) {
      GradCheck.check(
          "elbo",
          xs -> flow.elbo(xs.get(0), xs.get(1)),
          List.of(TinyNhf.normal(3, 2, 1), TinyNhf.normal(3, 2, 2)));
    }
  }

  @Test
  void theBoundsGradientByEveryParameterIsRight() {
    try (NeuralHamiltonianFlow flow = TinyNhf.create();
        Arena arena = Arena.open("test")) {
      Var q = Var.constant(TinyNhf.normal(4, 2, 1));
      Var eps = Var.constant(TinyNhf.normal(4, 2, 2));
      List<Parameter> parameters = new ArrayList<>(flow.parameters().all());
      List<Var> gradients = Gradients.of(flow.elbo(q, eps), flow.parameters().vars(), false);
      for (int i = 0; i < parameters.size(); i++) {
        Tensor value = parameters.get(i).value();
        double[] at = value.toDoubles();
        double[] gradient = gradients.get(i).value().toDoubles();
        double[] v = TinyNhf.normal(1, at.length, 100 + i).toDoubles();
        double analytic = 0;
        for (int k = 0; k < at.length; k++) {
          analytic += gradient[k] * v[k];
        }
        double numeric =
            (moved(flow, q, eps, value, at, v, 1e-5) - moved(flow, q, eps, value, at, v, -1e-5))
                / 2e-5;
        value.set(at);
        String name = parameters.get(i).name();
        assertEquals(numeric, analytic, 1e-8 * Math.max(1, Math.abs(numeric)), name);
        assertTrue(Math.abs(analytic) > 1e-5, name + " has no influence: " + analytic);
      }
    }
  }

  private static double moved(
      NeuralHamiltonianFlow flow, Var q, Var eps, Tensor value, double[] at, double[] v, double h) {
    double[] there = at.clone();
    for (int k = 0; k < there.length; k++) {
      there[k] += h * v[k];
    }
    value.set(there);
    return flow.elbo(q, eps).item();
  }

  @Test
  void sizesMustBePositive() {
    String message =
        assertThrows(IllegalArgumentException.class, () -> new NhfSpec(2, 0, 2, 0.1, 8))
            .getMessage();
    assertTrue(message.contains("flows 0") && message.contains("positive"), message);
  }
}
