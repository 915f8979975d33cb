package hgn.verify;

import static org.junit.jupiter.api.Assertions.assertEquals;

import hgn.model.integrators.Integrator;
import hgn.model.integrators.Integrators;
import hgn.tensor.Arena;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What integrators declare against what is measured of them. */
class VerifierTest {
  static List<Arguments> all() {
    List<Supplier<Subject>> subjects =
        List.of(TestEnergies::spring, TestEnergies::pendulum, TestEnergies::doublePendulum);
    List<Arguments> all = new ArrayList<>();
    for (Supplier<Subject> subject : subjects) {
      for (Integrator integrator : Integrators.all()) {
        all.add(Arguments.of(subject, integrator));
      }
    }
    return all;
  }

  @ParameterizedTest
  @MethodSource("all")
  void integratorsAreWhatTheyDeclare(Supplier<Subject> make, Integrator integrator) {
    try (Arena arena = Arena.open("test")) {
      Subject subject = make.get();
      Verification found = new Verifier(subject, 0.05, 100).measure(integrator);
      String what = integrator.name() + " on " + subject.name() + ": ";
      assertEquals(found.declaredOrder(), found.order().slope(), 0.15, what + "order");
      boolean symplectic = integrator.traits().symplectic().include(subject.separable());
      assertEquals(
          symplectic, found.symplecticity() < 1e-10, what + found.symplecticity() + " from Omega");
      boolean reversible = integrator.traits().reversible().include(subject.separable());
      assertEquals(reversible, found.reversal() < 1e-10, what + found.reversal() + " from start");
    }
  }
}
