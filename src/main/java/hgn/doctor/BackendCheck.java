package hgn.doctor;

import hgn.tensor.Backend;
import java.util.List;

/**
 * An additional check of a backend, loaded by {@link java.util.ServiceLoader} from the class path.
 * This allows the project's own tests to run where only the program is installed.
 */
public interface BackendCheck {
  /** Name for the report. */
  String name();

  /** Number of checks, and failures, one line each. */
  record Outcome(int checks, List<String> failures) {}

  /** Checks the backend. */
  Outcome run(Backend backend);
}
