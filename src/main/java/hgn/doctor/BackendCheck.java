package hgn.doctor;

import hgn.tensor.Backend;
import java.util.List;

/**
 * A further check of a backend, found by {@link java.util.ServiceLoader} on the class path: so the
 * project's own tests can run where only the program is.
 */
public interface BackendCheck {
  /** Name for the report. */
  String name();

  /** Number of checks made, and what failed, a line each. */
  record Outcome(int checks, List<String> failures) {}

  /** Checks the backend. */
  Outcome run(Backend backend);
}
