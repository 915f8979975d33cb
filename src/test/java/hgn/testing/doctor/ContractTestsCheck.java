package hgn.testing.doctor;

import hgn.doctor.BackendCheck;
import hgn.tensor.Backend;

/** Every contract test of {@link Backend}, for {@code doctor}. */
public final class ContractTestsCheck implements BackendCheck {
  @Override
  public String name() {
    return "contract tests";
  }

  @Override
  public Outcome run(Backend backend) {
    return TestRun.of(backend, "hgn.tensor", "hgn\\.tensor\\.[A-Za-z]+ContractTest");
  }
}
