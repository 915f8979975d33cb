package hgn.golden;

import hgn.tensor.Backend;
import hgn.tensor.BackendProvider;
import hgn.tensor.Backends;
import hgn.tensor.DType;
import java.util.ArrayList;
import java.util.List;

/**
 * What reference vectors are computed with.
 *
 * @param backend where
 * @param dtype in which precision
 */
record Engine(Backend backend, DType dtype) {
  /** Every backend that runs on this machine, in each of its dtypes. */
  static List<Engine> all() {
    List<Engine> engines = new ArrayList<>();
    for (BackendProvider provider : Backends.providers()) {
      try {
        for (DType dtype : DType.values()) {
          if (provider.get().supports(dtype)) {
            engines.add(new Engine(provider.get(), dtype));
          }
        }
      } catch (UnsupportedOperationException notHere) {
        continue; // the contract tests report a backend that does not run
      }
    }
    return engines;
  }

  /** The tolerance for this engine's precision. */
  double tolerance(double float64, double float32) {
    return dtype == DType.FLOAT64 ? float64 : float32;
  }

  @Override
  public String toString() {
    return backend.name() + " " + dtype;
  }
}
