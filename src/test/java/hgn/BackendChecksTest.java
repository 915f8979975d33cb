package hgn;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hgn.doctor.BackendCheck;
import hgn.tensor.Backends;
import hgn.tensor.Precision;
import hgn.testing.doctor.ContractTestsCheck;
import java.util.List;
import java.util.ServiceLoader;
import org.junit.jupiter.api.Test;

/** What doctor finds of this project's tests where they are on the class path. */
class BackendChecksTest {
  @Test
  void theContractTestsRunOnOneBackendFromWithinTheProgram() {
    String precision = System.getProperty(Precision.PROPERTY);
    BackendCheck.Outcome outcome = new ContractTestsCheck().run(Backends.fastest());
    assertEquals(precision, System.getProperty(Precision.PROPERTY), "left behind");
    assertEquals(List.of(), outcome.failures());
    assertTrue(outcome.checks() > 50, outcome.checks() + " checks");
  }

  @Test
  void allChecksAreFound() {
    List<String> names =
        ServiceLoader.load(BackendCheck.class).stream()
            .map(provider -> provider.get().name())
            .toList();
    assertEquals(
        List.of("contract tests", "golden vectors", "rollout kernel", "drawn frames"), names);
  }
}
