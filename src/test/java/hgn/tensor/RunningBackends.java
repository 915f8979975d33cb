package hgn.tensor;

import java.util.ArrayList;
import java.util.List;

/** The backends that run on this machine. */
public final class RunningBackends {
  private RunningBackends() {}

  /** Every backend that can be had; the plain Java one always is. */
  public static List<Backend> all() {
    List<Backend> running = new ArrayList<>();
    for (BackendProvider provider : Backends.providers()) {
      try {
        running.add(provider.get());
      } catch (UnsupportedOperationException notHere) {
        continue; // the contract tests report a backend that does not run
      }
    }
    return running;
  }
}
