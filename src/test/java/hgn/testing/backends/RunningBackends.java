package hgn.testing.backends;

import hgn.tensor.Backend;
import hgn.tensor.BackendProvider;
import hgn.tensor.Backends;
import java.util.ArrayList;
import java.util.List;

/** The backends that run on this machine; the CUDA backend only on a GPU, not on the emulator. */
public final class RunningBackends {
  private RunningBackends() {}

  /** Every available backend; the plain Java one always is. */
  public static List<Backend> all() {
    List<Backend> running = new ArrayList<>();
    Backends.fastest(); // loads a real driver if there is one
    for (BackendProvider provider : TestedBackends.providers().toList()) {
      if (provider.name().equals("cuda") && CudaEmulator.available()) {
        continue; // whether or not an earlier test has installed it
      }
      try {
        running.add(provider.get());
      } catch (UnsupportedOperationException notHere) {
        continue; // the contract tests report a backend that does not run
      }
    }
    return running;
  }
}
