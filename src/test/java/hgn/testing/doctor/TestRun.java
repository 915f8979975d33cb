package hgn.testing.doctor;

import hgn.doctor.BackendCheck;
import hgn.tensor.Backend;
import hgn.testing.backends.TestedBackends;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import org.junit.platform.engine.discovery.ClassNameFilter;
import org.junit.platform.engine.discovery.DiscoverySelectors;
import org.junit.platform.launcher.LauncherDiscoveryRequest;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;
import org.junit.platform.launcher.listeners.SummaryGeneratingListener;
import org.junit.platform.launcher.listeners.TestExecutionSummary;

/** Runs test classes of this project within the program, on a single backend. */
public final class TestRun {
  private TestRun() {}

  public static BackendCheck.Outcome of(Backend backend, String inPackage, String classNames) {
    LauncherDiscoveryRequest request =
        LauncherDiscoveryRequestBuilder.request()
            .selectors(DiscoverySelectors.selectPackage(inPackage))
            .filters(ClassNameFilter.includeClassNamePatterns(classNames))
            .build();
    SummaryGeneratingListener listener = new SummaryGeneratingListener();
    TestedBackends.only(backend, () -> LauncherFactory.create().execute(request, listener));
    TestExecutionSummary summary = listener.getSummary();
    List<String> failures =
        summary.getFailures().stream()
            .map(f -> f.getTestIdentifier().getDisplayName() + ": " + firstLine(f.getException()))
            .toList();
    if (summary.getTestsStartedCount() == 0) {
      return new BackendCheck.Outcome(1, List.of("no test was found: " + trace(summary)));
    }
    // tests that a backend or dtype does not support abort and do not count; what makes tests may
    // fail
    long made = summary.getTestsStartedCount() - summary.getTestsAbortedCount();
    return new BackendCheck.Outcome((int) (made + summary.getContainersFailedCount()), failures);
  }

  private static String firstLine(Throwable failure) {
    return String.valueOf(failure.getMessage()).lines().findFirst().orElse("");
  }

  private static String trace(TestExecutionSummary summary) {
    StringWriter text = new StringWriter();
    summary.printTo(new PrintWriter(text));
    return text.toString().replaceAll("\\s+", " ").strip();
  }
}
