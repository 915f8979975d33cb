package hgn.testing.backends;

import hgn.tensor.Backend;
import hgn.tensor.BackendProvider;
import hgn.tensor.Backends;
import java.util.stream.Stream;

/** Which backends the tests run on: all, unless restricted to one. */
public final class TestedBackends {
  /** System property that names the only backend to test. */
  private static final String PROPERTY = "hgn.tested";

  private static volatile Backend only;

  private TestedBackends() {}

  /** While {@code work} runs, tests take this backend and no other. */
  public static void only(Backend backend, Runnable work) {
    only = backend;
    try {
      work.run();
    } finally {
      only = null;
    }
  }

  /** The backends that tests shall run on, whether or not this machine can. */
  public static Stream<BackendProvider> providers() {
    String name = only != null ? only.name() : System.getProperty(PROPERTY);
    return Backends.providers().stream()
        .filter(provider -> name == null || name.equals(provider.name()));
  }
}
