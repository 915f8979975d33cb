package hgn.backend.cpu;

import hgn.tensor.Arena;
import hgn.tensor.Backend;
import hgn.tensor.Backends;
import java.util.Arrays;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;

/**
 * One way to run the native kernels on this machine: an instruction set and a number of threads.
 */
record Setup(Isa isa, int threads) {
  /** Every instruction set of this processor, with one, two and three threads. */
  static Stream<Setup> all() {
    return load() == null
        ? Stream.of(new Setup(Isa.PORTABLE, 1)) // which then skips itself
        : Arrays.stream(Isa.values())
            .filter(isa -> isa.ordinal() <= Native.bestIsa())
            .flatMap(isa -> Stream.of(1, 2, 3).map(threads -> new Setup(isa, threads)));
  }

  /** The backend, or null if this build or machine has none. */
  static Backend load() {
    try {
      return Backends.get("cpu");
    } catch (UnsupportedOperationException reason) {
      return null;
    }
  }

  /** The backend; skips the test if there is none. */
  static Backend require() {
    Backend backend = load();
    Assumptions.assumeTrue(backend != null, "no native backend on this machine");
    return backend;
  }

  /** Runs a test in this setup, within an arena, and restores the previous setup. */
  void run(Consumer<Backend> test) {
    Backend backend = require();
    Native.configure(isa.ordinal(), threads);
    try (Arena arena = Arena.open(toString())) {
      test.accept(backend);
    } finally {
      Native.configure(Isa.configured(Isa.values()[Native.bestIsa()]).ordinal(), backend.threads());
    }
  }
}
