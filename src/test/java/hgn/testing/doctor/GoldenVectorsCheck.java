package hgn.testing.doctor;

import hgn.doctor.BackendCheck;
import hgn.tensor.Backend;

/** Every golden vector that a backend can compute, for {@code doctor}. */
public final class GoldenVectorsCheck implements BackendCheck {
  @Override
  public String name() {
    return "golden vectors";
  }

  @Override
  public Outcome run(Backend backend) {
    return TestRun.of(backend, "hgn.golden", "hgn\\.golden\\.Golden[A-Za-z]+Test");
  }
}
