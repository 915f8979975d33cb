package hgn.testing.backends;

import static org.junit.jupiter.api.Assertions.assertEquals;

import hgn.tensor.Arena;
import hgn.tensor.Backend;
import hgn.tensor.BackendProvider;
import hgn.tensor.DType;
import hgn.tensor.Precision;
import hgn.tensor.Shape;
import hgn.tensor.Tensor;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Assumptions;

/**
 * One way to run a contract test: a backend, a dtype, and whether the tensors are views into the
 * middle of larger ones, at offsets that are aligned to an element only. The data around a view
 * must be unchanged at the end.
 */
public final class Lane implements AutoCloseable {
  private static final double GUARD = 12345;
  private static final int BEFORE = 3;
  private static final int AFTER = 70;

  private final BackendProvider provider;
  private final DType dtype;
  private final boolean views;
  private final List<Tensor> guarded = new ArrayList<>();
  private Precision.Entered precision;
  private Arena arena;

  public Lane(BackendProvider provider, DType dtype, boolean views) {
    this.provider = provider;
    this.dtype = dtype;
    this.views = views;
  }

  /** The backend; skips the test if this machine or the backend cannot run it. */
  public Backend backend() {
    if (precision == null) {
      precision = Precision.FP32.enter();
    }
    try {
      Backend backend = provider.get();
      Assumptions.assumeTrue(backend.supports(dtype), "no " + dtype + " on " + provider.name());
      if (arena == null) {
        arena = Arena.open(toString());
      }
      return backend;
    } catch (UnsupportedOperationException reason) {
      return Assumptions.abort(reason.getMessage());
    }
  }

  public DType dtype() {
    return dtype;
  }

  /** Largest error, relative to the scale of the result. */
  public double tolerance() {
    return dtype == DType.FLOAT64 ? 1e-12 : 1e-5;
  }

  /** Numbers in (-1, 1) that the dtype represents exactly. */
  public double[] values(Shape shape, long seed) {
    return rounded(new SplittableRandom(seed).doubles(shape.count(), -1, 1).toArray());
  }

  /** The nearest numbers that the dtype represents. */
  public double[] rounded(double[] values) {
    return Arrays.stream(values).map(v -> dtype == DType.FLOAT64 ? v : (float) v).toArray();
  }

  /** A tensor with these values. */
  public Tensor tensor(Shape shape, double... values) {
    Backend backend = backend();
    if (!views) {
      return Tensor.of(backend, dtype, shape, values);
    }
    int count = values.length;
    double[] surrounded = new double[BEFORE + count + AFTER];
    Arrays.fill(surrounded, GUARD);
    System.arraycopy(values, 0, surrounded, BEFORE, count);
    Tensor whole = Tensor.of(backend, dtype, Shape.of(surrounded.length), surrounded);
    guarded.add(whole.rows(BEFORE, count));
    return whole.rows(BEFORE, count).reshape(shape);
  }

  /** A tensor for a result, filled with a value that no operation gives, so that gaps show. */
  public Tensor result(Shape shape) {
    double[] stale = new double[Math.toIntExact(shape.count())];
    Arrays.fill(stale, -9.75e7);
    return tensor(shape, stale);
  }

  /** Runs part of a test, and frees its tensors after it. */
  public void part(Runnable part) {
    backend();
    Arena inner = Arena.open("part of " + this);
    try {
      part.run();
      checkGuards();
    } finally {
      guarded.clear();
      inner.close();
    }
  }

  private void checkGuards() {
    for (Tensor view : guarded) {
      double[] all = view.base().toDoubles();
      int end = Math.toIntExact(BEFORE + view.shape().count());
      for (int i = 0; i < all.length; i++) {
        if (i < BEFORE || i >= end) {
          assertEquals(GUARD, all[i], "written outside of a view, at " + (i - BEFORE) + " of it");
        }
      }
    }
  }

  @Override
  public void close() {
    try {
      if (arena != null) {
        checkGuards();
      }
    } finally {
      if (arena != null) {
        arena.close();
      }
      if (precision != null) {
        precision.close();
      }
    }
  }

  @Override
  public String toString() {
    return provider.name() + " " + dtype + (views ? " views" : "");
  }
}
