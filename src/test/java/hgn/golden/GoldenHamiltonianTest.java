package hgn.golden;

import hgn.autograd.Gradients;
import hgn.autograd.Var;
import hgn.autograd.ops.Arithmetic;
import hgn.autograd.ops.Reductions;
import hgn.dynamics.Euler;
import hgn.dynamics.HamiltonianFlow;
import hgn.dynamics.Integrator;
import hgn.dynamics.Leapfrog;
import hgn.dynamics.PhaseState;
import hgn.dynamics.PublishedLeapfrog;
import hgn.dynamics.PublishedRungeKutta4;
import hgn.dynamics.PublishedYoshida;
import hgn.dynamics.RungeKutta4;
import hgn.dynamics.VectorField;
import hgn.dynamics.Yoshida4;
import hgn.model.BaseEnergy;
import hgn.model.HamiltonianNet;
import hgn.model.Presets;
import hgn.nn.Init;
import hgn.nn.Parameter;
import hgn.nn.Parameters;
import hgn.tensor.Arena;
import hgn.tensor.Shape;
import hgn.testing.backends.InFp32;
import hgn.testing.golden.Engine;
import hgn.testing.golden.Golden;
import hgn.testing.golden.GoldenArray;
import hgn.testing.golden.GoldenCheck;
import hgn.testing.golden.GoldenParameters;
import hgn.testing.golden.LeakingLeapfrog;
import hgn.testing.golden.ReferenceNames;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** The published Hamiltonian network, its double backward, and rollouts of it. */
@InFp32
class GoldenHamiltonianTest {
  @TestFactory
  List<DynamicTest> network() {
    return tests(List.of("hnn_default", "hnn_default_init_scale"), GoldenHamiltonianTest::network);
  }

  @TestFactory
  List<DynamicTest> rollouts() {
    List<DynamicTest> tests = new ArrayList<>();
    tests.addAll(rollouts("euler", net -> new Euler()));
    tests.addAll(rollouts("rk4", net -> new RungeKutta4()));
    tests.addAll(rollouts("leapfrog", net -> new Leapfrog()));
    tests.addAll(rollouts("yoshida", net -> new Yoshida4()));
    tests.addAll(rollouts("published_leapfrog_partial", net -> new PublishedLeapfrog()));
    tests.addAll(rollouts("published_leapfrog", LeakingLeapfrog::new));
    tests.addAll(rollouts("published_rk4", net -> new PublishedRungeKutta4()));
    tests.addAll(rollouts("published_yoshida", net -> new PublishedYoshida()));
    return tests;
  }

  private static List<DynamicTest> rollouts(
      String method, Function<HamiltonianNet, Integrator> integrator) {
    return tests(
        List.of("integrator_" + method), (golden, engine) -> rollout(golden, engine, integrator));
  }

  private interface Check {
    void run(Golden golden, Engine engine);
  }

  private static List<DynamicTest> tests(List<String> cases, Check check) {
    List<DynamicTest> tests = new ArrayList<>();
    for (String name : cases) {
      for (Engine engine : Engine.all()) {
        tests.add(
            DynamicTest.dynamicTest(
                name + " on " + engine, () -> check.run(Golden.load(name), engine)));
      }
    }
    return tests;
  }

  private static void network(Golden golden, Engine engine) {
    try (Arena arena = Arena.open("test");
        Parameters parameters = new Parameters(engine.backend(), engine.dtype())) {
      HamiltonianNet net = load(golden, parameters);
      Var q = leaf(golden, "inputs/q", engine);
      Var p = leaf(golden, "inputs/p", engine);
      PhaseState dH = new VectorField(net).both(new PhaseState(q, p));
      Var s = weighted(golden, engine, dH);

      GoldenCheck check = new GoldenCheck(golden, engine.toString());
      double first = engine.tolerance(1e-11, 2e-5);
      GoldenArray energy = GoldenArray.of(net.energy(q, p).value().reshape(Shape.of(2, 1)));
      check.close("outputs/H", energy, first);
      check.close("outputs/dH_dq", images(dH.q()), first);
      check.close("outputs/dH_dp", images(dH.p()), first);
      gradients(golden, "grads/S", s, q, p, parameters, engine.tolerance(1e-10, 2e-5), check);
    }
  }

  private static void rollout(
      Golden golden, Engine engine, Function<HamiltonianNet, Integrator> integrator) {
    try (Arena arena = Arena.open("test");
        Parameters parameters = new Parameters(engine.backend(), engine.dtype())) {
      HamiltonianNet net = load(golden, parameters);
      Var q = leaf(golden, "inputs/q0", engine);
      Var p = leaf(golden, "inputs/p0", engine);
      int steps = golden.attributes().get("steps").asInt();
      double dt = golden.attributes().get("dt").asDouble();
      List<PhaseState> states =
          new HamiltonianFlow(net, integrator.apply(net))
              .rollout(new PhaseState(q, p), steps + 1, dt);

      GoldenCheck check = new GoldenCheck(golden, engine.toString());
      double tolerance = engine.tolerance(1e-11, 5e-6);
      check.close("outputs/q", rows(states, PhaseState::q), tolerance);
      check.close("outputs/p", rows(states, PhaseState::p), tolerance);
      Var s = weighted(golden, engine, states.get(steps));
      gradients(golden, "grads", s, q, p, parameters, engine.tolerance(1e-10, 3e-5), check);
    }
  }

  private static HamiltonianNet load(Golden golden, Parameters parameters) {
    HamiltonianNet net =
        new HamiltonianNet(
            parameters, new Init(0), Presets.named("published", 5, BaseEnergy.NONE, 1));
    ReferenceNames.load(parameters, GoldenParameters.of(golden), "hnn.");
    return net;
  }

  private static Var leaf(Golden golden, String name, Engine engine) {
    return Var.leaf(golden.array(name).nchwToNhwc().tensor(engine.backend(), engine.dtype()));
  }

  /** S = &lt;q, a&gt; + &lt;p, b&gt;. */
  private static Var weighted(Golden golden, Engine engine, PhaseState state) {
    Var a = leaf(golden, "inputs/a", engine).detach();
    Var b = leaf(golden, "inputs/b", engine).detach();
    return Arithmetic.add(
        Reductions.sum(Arithmetic.mul(state.q(), a)), Reductions.sum(Arithmetic.mul(state.p(), b)));
  }

  private static void gradients(
      Golden golden,
      String group,
      Var s,
      Var q,
      Var p,
      Parameters parameters,
      double tolerance,
      GoldenCheck check) {
    List<Var> xs = new ArrayList<>(List.of(q, p));
    xs.addAll(parameters.vars());
    List<Var> gradients = Gradients.of(s, xs, false);
    double scale = 0;
    for (String name : golden.under(group)) {
      if (name.endsWith("weight")) {
        scale = Math.max(scale, golden.array(group + "/" + name).scale());
      }
    }
    String suffix = golden.has(group + "/q0") ? "0" : "";
    check.closeOrSummary(group, "q" + suffix, images(gradients.get(0)), tolerance, scale);
    check.closeOrSummary(group, "p" + suffix, images(gradients.get(1)), tolerance, scale);
    int i = 2;
    for (Parameter parameter : parameters.all()) {
      String name = ReferenceNames.of(parameter.name(), parameters).substring("hnn.".length());
      GoldenArray gradient = GoldenArray.of(gradients.get(i++).value()).parameterToReference();
      check.closeOrSummary(group, name, gradient, tolerance, scale);
    }
  }

  private static GoldenArray images(Var x) {
    return GoldenArray.of(x.value()).nhwcToNchw();
  }

  private static GoldenArray rows(List<PhaseState> states, Function<PhaseState, Var> part) {
    return GoldenArray.stack(states.stream().map(part).map(GoldenHamiltonianTest::images).toList());
  }
}
