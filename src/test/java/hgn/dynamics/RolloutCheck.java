package hgn.dynamics;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hgn.autograd.Gradients;
import hgn.autograd.Var;
import hgn.autograd.ops.Arithmetic;
import hgn.autograd.ops.Layout;
import hgn.autograd.ops.Reductions;
import hgn.model.BaseEnergy;
import hgn.model.HamiltonianNet;
import hgn.model.HgnSpec;
import hgn.nn.ConvSpec;
import hgn.nn.Init;
import hgn.nn.Parameter;
import hgn.nn.Parameters;
import hgn.random.Philox;
import hgn.tensor.Activation;
import hgn.tensor.Arena;
import hgn.tensor.Backend;
import hgn.tensor.Backends;
import hgn.tensor.Conv2dGeometry;
import hgn.tensor.DType;
import hgn.tensor.RolloutKernel;
import hgn.tensor.RolloutPlan;
import hgn.tensor.Shape;
import hgn.tensor.Tensor;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;

/** Compares a rollout kernel with the composition of single operations in float64. */
public final class RolloutCheck {
  private RolloutCheck() {}

  /**
   * A rollout.
   *
   * @param size height and width of the state
   * @param channels of q, and of p
   */
  public record Case(
      String name,
      int size,
      int channels,
      List<ConvSpec> layers,
      BaseEnergy base,
      KernelIntegrator integrator,
      int batch,
      int steps,
      double dt) {
    @Override
    public String toString() {
      return name + ", " + integrator.name() + ", base " + base + ", batch " + batch;
    }

    private HamiltonianNet net(Parameters parameters) {
      List<ConvSpec> toState = List.of(ConvSpec.same(2 * channels, 1, Activation.IDENTITY));
      HgnSpec spec =
          new HgnSpec(
              size, 1, 1, toState, 1, toState, layers, base, 3, List.of(), Activation.IDENTITY);
      return new HamiltonianNet(parameters, new Init(11), spec);
    }

    private Tensor random(Backend backend, DType dtype, int stream, Shape shape) {
      double[] values = new double[Math.toIntExact(shape.count())];
      Philox.normal(5, stream, values);
      return Tensor.of(backend, dtype, shape, values);
    }
  }

  /** All states, then gradients with respect to q, p and each parameter, with their names. */
  public record Outcome(List<String> names, List<double[]> values) {}

  /** Small cases of every integrator, base energy and kind of layer, and of awkward sizes. */
  public static List<Case> cases() {
    List<ConvSpec> published = published(6, 9, Activation.SOFTPLUS);
    List<Case> cases = new ArrayList<>();
    for (Integrator integrator : Integrators.all()) {
      if (integrator instanceof KernelIntegrator programmed) {
        for (BaseEnergy base : BaseEnergy.values()) {
          cases.add(new Case("published kind", 4, 3, published, base, programmed, 2, 2, 0.3));
        }
      }
    }
    KernelIntegrator leapfrog = new Leapfrog();
    KernelIntegrator rk4 = new RungeKutta4();
    BaseEnergy none = BaseEnergy.NONE;
    BaseEnergy oscillator = BaseEnergy.OSCILLATOR;
    cases.add(new Case("backward in time", 4, 3, published, oscillator, leapfrog, 3, 3, -0.3));
    cases.add(new Case("backward in time", 4, 3, published, oscillator, rk4, 3, 2, -0.3));
    cases.add(new Case("one state", 4, 3, published, none, leapfrog, 1, 3, 0.3));
    cases.add(new Case("paper's kind", 4, 4, paper(8), none, leapfrog, 3, 2, 0.3));
    cases.add(new Case("paper's kind", 3, 5, paper(5), oscillator, rk4, 1, 2, 0.3));
    cases.add(
        new Case("wide", 4, 16, published(33, 70, Activation.TANH), none, leapfrog, 2, 1, 0.3));
    cases.add(
        new Case("sigmoid", 4, 1, published(5, 33, Activation.SIGMOID), none, leapfrog, 1, 2, 0.3));
    cases.add(
        new Case("leaky", 4, 2, published(4, 4, Activation.LEAKY_RELU), none, rk4, 1, 2, 0.3));
    cases.add(new Case("rectified", 4, 2, published(4, 4, Activation.RELU), none, rk4, 1, 2, 0.3));
    cases.add(new Case("odd strides", 7, 2, odd(), none, leapfrog, 2, 2, 0.3));
    cases.add(
        new Case(
            "one layer",
            3,
            2,
            List.of(ConvSpec.same(1, 1, Activation.SIGMOID)),
            none,
            rk4,
            2,
            2,
            0.3));
    return cases;
  }

  /** The published and the paper's network at their full size. */
  public static List<Case> presets(int batch, int steps) {
    List<ConvSpec> published = published(32, 64, Activation.SOFTPLUS);
    BaseEnergy none = BaseEnergy.NONE;
    KernelIntegrator leapfrog = new Leapfrog();
    return List.of(
        new Case("published preset", 4, 16, published, none, leapfrog, batch, steps, 0.125),
        new Case("paper preset", 4, 32, paper(64), none, leapfrog, batch, steps, 0.125));
  }

  /** 3x3, 2x2 stride 2, 2x2 padded on the right and at the bottom twice, 2x2 to one pixel. */
  public static List<ConvSpec> published(int first, int others, Activation f) {
    Conv2dGeometry keep = Conv2dGeometry.after(1, 1);
    return List.of(
        ConvSpec.same(first, 1, f),
        new ConvSpec(others, 2, Conv2dGeometry.symmetric(2, 0), f),
        new ConvSpec(others, 2, keep, f),
        new ConvSpec(others, 2, keep, f),
        new ConvSpec(1, 2, Conv2dGeometry.symmetric(1, 0), f));
  }

  /** 3x3 throughout, the last one linear. */
  public static List<ConvSpec> paper(int filters) {
    List<ConvSpec> layers =
        new ArrayList<>(Collections.nCopies(5, ConvSpec.same(filters, 1, Activation.SOFTPLUS)));
    layers.add(ConvSpec.same(1, 1, Activation.IDENTITY));
    return layers;
  }

  private static List<ConvSpec> odd() {
    return List.of(
        new ConvSpec(3, 3, new Conv2dGeometry(2, 2, 1, 2, 1), Activation.SOFTPLUS),
        new ConvSpec(5, 4, new Conv2dGeometry(3, 1, 2, 1, 2), Activation.SOFTPLUS),
        new ConvSpec(1, 1, Conv2dGeometry.symmetric(1, 0), Activation.SOFTPLUS));
  }

  /** The plan of a case. */
  public static RolloutPlan plan(Case c) {
    try (Arena arena = Arena.open("test");
        Parameters parameters = new Parameters(Backends.get("jvm"), DType.FLOAT64)) {
      Shape shape = Shape.of(c.batch(), c.size(), c.size(), c.channels());
      Var q = Var.constant(Tensor.full(Backends.get("jvm"), DType.FLOAT64, shape, 0));
      return FusedRollout.plan(
          c.net(parameters).kernelForm(),
          c.integrator().program(),
          new PhaseState(q, q),
          c.steps(),
          c.dt());
    }
  }

  /** The result of the composition, in float64 on the Java backend. */
  public static Outcome composed(Case c) {
    return flow(c, Backends.get("jvm"), DType.FLOAT64);
  }

  /** The result of {@link HamiltonianFlow} on a backend, by its kernel or composed. */
  public static Outcome flow(Case c, Backend backend, DType dtype) {
    return outcome(c, backend, dtype, null, 0);
  }

  /** Requests a recorded gradient, which a fused rollout does not support. */
  public static void third(Case c, Backend backend, DType dtype) {
    try (Arena arena = Arena.open("test");
        Parameters parameters = new Parameters(backend, dtype)) {
      Shape shape = Shape.of(c.batch(), c.size(), c.size(), c.channels());
      Var q = Var.leaf(c.random(backend, dtype, 1, shape));
      HamiltonianFlow flow = new HamiltonianFlow(c.net(parameters), c.integrator());
      Var end = flow.rollout(new PhaseState(q, q), 2, c.dt()).get(1).q();
      Gradients.of(Reductions.sum(end), List.of(q), true);
    }
  }

  /** The result of the kernel, with parts of {@code partBytes} in the backward pass. */
  public static Outcome fused(
      Case c, Backend backend, DType dtype, RolloutKernel kernel, long partBytes) {
    return outcome(c, backend, dtype, kernel, partBytes);
  }

  private static Outcome outcome(
      Case c, Backend backend, DType dtype, RolloutKernel kernel, long partBytes) {
    try (Arena arena = Arena.open("test");
        Parameters parameters = new Parameters(backend, dtype)) {
      HamiltonianNet net = c.net(parameters);
      int half = parameters.all().size() / 2;
      assertEquals(c.layers().size(), half, "weights and biases");
      Shape shape = Shape.of(c.batch(), c.size(), c.size(), c.channels());
      Var q = Var.leaf(c.random(backend, dtype, 1, shape));
      Var p = Var.leaf(c.random(backend, dtype, 2, shape));
      PhaseState start = new PhaseState(q, p);
      Trajectory states;
      if (kernel == null) {
        states =
            Trajectory.of(
                new HamiltonianFlow(net, c.integrator()).rollout(start, c.steps() + 1, c.dt()));
      } else {
        RolloutPlan plan =
            FusedRollout.plan(net.kernelForm(), c.integrator().program(), start, c.steps(), c.dt());
        assertEquals(Optional.empty(), kernel.refusal(plan, dtype, c.batch()));
        states = new FusedRollout(kernel, plan, net.kernelForm().layers(), partBytes).from(start);
      }
      List<String> names = new ArrayList<>();
      List<double[]> values = new ArrayList<>();
      Var all = states.positions(); // the first of which are q again
      names.add("positions");
      values.add(all.value().toDoubles());
      Var loss =
          Reductions.sum(
              Arithmetic.mul(all, Var.constant(c.random(backend, dtype, 9, all.shape()))));
      for (int t = 0; t < states.size(); t++) {
        Var both = Layout.concat(List.of(states.get(t).q(), states.get(t).p()), 3);
        names.add("state " + t);
        values.add(both.value().toDoubles());
        if (t != 1 || states.size() == 2) { // one state that nothing depends on
          Var weights = Var.constant(c.random(backend, dtype, 10 + t, both.shape()));
          Var term = Reductions.sum(Arithmetic.mul(both, weights));
          loss = Arithmetic.add(loss, term);
        }
      }
      List<Var> xs = new ArrayList<>(List.of(q, p));
      xs.addAll(parameters.vars());
      List<Var> gradients = Gradients.orZero(loss, xs, false);
      names.addAll(List.of("by q", "by p"));
      parameters.all().stream().map(Parameter::name).forEach(names::add);
      gradients.forEach(g -> values.add(g.value().toDoubles()));
      return new Outcome(names, values);
    }
  }

  /**
   * Errors may be up to {@code tolerance} times the largest value of each tensor, or a hundredth of
   * the largest of all: the gradient of the last bias is a sum that nearly cancels.
   */
  public static void assertClose(Outcome expected, Outcome actual, double tolerance) {
    assertEquals(expected.names(), actual.names());
    double all = 0;
    for (double[] values : expected.values()) {
      for (double value : values) {
        all = Math.max(all, Math.abs(value));
      }
    }
    for (int k = 0; k < expected.names().size(); k++) {
      double[] e = expected.values().get(k);
      double[] a = actual.values().get(k);
      double scale = 0;
      double error = 0;
      for (int i = 0; i < e.length; i++) {
        assertTrue(Double.isFinite(a[i]), expected.names().get(k));
        scale = Math.max(scale, Math.abs(e[i]));
        error = Math.max(error, Math.abs(e[i] - a[i]));
      }
      String what = expected.names().get(k) + ": error " + error + " where values go to " + scale;
      assertTrue(error <= tolerance * Math.max(scale, 1e-2 * all), what);
    }
  }
}
