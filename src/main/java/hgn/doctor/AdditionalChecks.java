package hgn.doctor;

import com.fasterxml.jackson.databind.node.ObjectNode;
import hgn.tensor.Backend;
import java.io.PrintWriter;
import java.util.List;

/** Runs additional checks from the class path. */
final class AdditionalChecks implements Exam.Part {
  private final List<BackendCheck> checks;

  AdditionalChecks(List<BackendCheck> checks) {
    this.checks = checks;
  }

  @Override
  public String name() {
    return "checks";
  }

  @Override
  public boolean run(Backend backend, PrintWriter out, ObjectNode found) {
    boolean passed = true;
    for (BackendCheck check : checks) {
      BackendCheck.Outcome outcome = check.run(backend);
      int failures = outcome.failures().size();
      out.println(
          check.name()
              + ": "
              + (outcome.checks() - failures)
              + " of "
              + outcome.checks()
              + " pass");
      outcome.failures().forEach(line -> out.println("  WRONG " + line));
      ObjectNode entry = found.putObject(check.name()).put("checks", outcome.checks());
      outcome.failures().forEach(entry.putArray("failures")::add);
      passed &= failures == 0;
    }
    if (checks.isEmpty()) {
      out.println("contract tests and golden vectors: not on the class path, skipped");
    }
    return passed;
  }
}
