package hgn.verify;

import static org.junit.jupiter.api.Assertions.assertEquals;

import hgn.dynamics.Integrator;
import hgn.dynamics.Integrators;
import hgn.tensor.Arena;
import hgn.testing.TestEnergies;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The integrators' declared properties, compared with measurements. */
class VerifierTest {
  static List<Arguments> all() {
    List<Supplier<TestProblem>> problems =
        List.of(TestEnergies::spring, TestEnergies::pendulum, TestEnergies::doublePendulum);
    List<Arguments> all = new ArrayList<>();
    for (Supplier<TestProblem> problem : problems) {
      for (Integrator integrator : Integrators.all()) {
        all.add(Arguments.of(problem, integrator));
      }
    }
    return all;
  }

  @ParameterizedTest
  @MethodSource("all")
  void integratorsAreWhatTheyDeclare(Supplier<TestProblem> make, Integrator integrator) {
    try (Arena arena = Arena.open("test")) {
      TestProblem problem = make.get();
      Verification found = new Verifier(problem, 0.05, 100).measure(integrator);
      String what = integrator.name() + " on " + problem.name() + ": ";
      assertEquals(found.declaredOrder(), found.order().slope(), 0.15, what + "order");
      boolean symplectic = integrator.traits().symplectic().include(problem.separable());
      assertEquals(
          symplectic, found.symplecticity() < 1e-10, what + found.symplecticity() + " from Omega");
      boolean reversible = integrator.traits().reversible().include(problem.separable());
      assertEquals(reversible, found.reversal() < 1e-10, what + found.reversal() + " from start");
    }
  }
}
