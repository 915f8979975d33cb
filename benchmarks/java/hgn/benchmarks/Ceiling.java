package hgn.benchmarks;

import hgn.bench.Stopwatch;
import hgn.tensor.Arena;
import hgn.tensor.Backend;
import hgn.tensor.DType;
import hgn.tensor.Shape;
import hgn.tensor.Tensor;
import hgn.tensor.TensorOps;

/** What a machine can do at best, measured beside each benchmark, so that its noise cancels. */
enum Ceiling {
  /** Multiply-adds in registers, on all threads; where there is no such loop, a matrix product. */
  COMPUTE("FLOP/s") {
    @Override
    double measure(Backend backend) {
      return backend.measurePeak(SECONDS).orElseGet(() -> product(backend));
    }
  },

  /** A copy of more than the caches hold, read and written. */
  MEMORY("bytes/s") {
    @Override
    double measure(Backend backend) {
      try (Arena arena = Arena.open("copy")) {
        Tensor x = Tensor.full(backend, DType.FLOAT32, Shape.of(COPIED), 1);
        Tensor y = Tensor.like(x, x.shape());
        return 2.0 * Float.BYTES * COPIED / least(backend, () -> backend.copy(x, y), 5);
      }
    }
  },

  /** Small objects made, linked and followed again by plain Java, on one thread. */
  JAVA("objects/s") {
    @Override
    double measure(Backend backend) {
      return OBJECTS / Stopwatch.time(Links::makeAndFollow, 2, 5).least();
    }
  };

  private static final double SECONDS = 0.03;
  private static final int COPIED = 1 << 24;
  private static final int OBJECTS = 100_000;
  private static final int SIDE = 512;

  private final String unit;

  Ceiling(String unit) {
    this.unit = unit;
  }

  /** Units a second that the machine reaches now. */
  abstract double measure(Backend backend);

  String unit() {
    return unit;
  }

  private static double product(Backend backend) {
    try (Arena arena = Arena.open("product")) {
      Tensor a = TensorOps.normal(backend, DType.FLOAT32, Shape.of(SIDE, SIDE), 1, 0);
      Tensor y = Tensor.like(a, a.shape());
      double time = least(backend, () -> backend.matmul(a, false, a, false, y), 3);
      return 2.0 * SIDE * SIDE * SIDE / time;
    }
  }

  private static double least(Backend backend, Runnable work, int times) {
    Runnable awaited =
        () -> {
          work.run();
          backend.await();
        };
    return Stopwatch.time(awaited, 1, times).least();
  }

  /** A chain of objects. */
  private record Links(Links before, int value) {
    /** Where the result goes, so that the work is not left out. */
    private static volatile long seen;

    static void makeAndFollow() {
      Links last = null;
      for (int i = 0; i < OBJECTS; i++) {
        last = new Links(last, i);
      }
      long sum = 0;
      for (Links link = last; link != null; link = link.before) {
        sum += link.value;
      }
      seen = sum;
    }
  }
}
