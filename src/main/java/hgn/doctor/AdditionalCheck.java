package hgn.doctor;

import com.fasterxml.jackson.databind.node.ObjectNode;
import hgn.tensor.Backend;
import java.io.PrintWriter;

/** Runs an additional check from the class path. */
final class AdditionalCheck implements Exam.Part {
  private final BackendCheck check;

  AdditionalCheck(BackendCheck check) {
    this.check = check;
  }

  @Override
  public String name() {
    return check.name();
  }

  @Override
  public ObjectNode place(ObjectNode report) {
    return report.withObjectProperty("checks").putObject(name());
  }

  @Override
  public boolean run(Backend backend, PrintWriter out, ObjectNode found) {
    BackendCheck.Outcome outcome = check.run(backend);
    int failures = outcome.failures().size();
    out.println(
        name() + ": " + (outcome.checks() - failures) + " of " + outcome.checks() + " pass");
    outcome.failures().forEach(line -> out.println("  WRONG " + line));
    found.put("checks", outcome.checks());
    outcome.failures().forEach(found.putArray("failures")::add);
    return failures == 0;
  }
}
