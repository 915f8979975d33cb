package hgn.testing.golden;

import hgn.tensor.Backend;
import hgn.tensor.DType;
import hgn.testing.backends.RunningBackends;
import java.util.ArrayList;
import java.util.List;

/**
 * The backend and precision that reference vectors are computed with.
 *
 * @param backend the backend
 * @param dtype the precision
 */
public record Engine(Backend backend, DType dtype) {
  /** Every backend that runs on this machine, in each of its dtypes. */
  public static List<Engine> all() {
    List<Engine> engines = new ArrayList<>();
    for (Backend backend : RunningBackends.all()) {
      for (DType dtype : DType.values()) {
        if (backend.supports(dtype)) {
          engines.add(new Engine(backend, dtype));
        }
      }
    }
    return engines;
  }

  /** The tolerance for this engine's precision. */
  public double tolerance(double float64, double float32) {
    return dtype == DType.FLOAT64 ? float64 : float32;
  }

  @Override
  public String toString() {
    return backend.name() + " " + dtype;
  }
}
