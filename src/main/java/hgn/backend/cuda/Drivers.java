package hgn.backend.cuda;

import java.util.Map;
import java.util.TreeMap;

/** Versions of NVIDIA's driver, and what they have to do with those of CUDA. */
final class Drivers {
  /** CUDA 13.0 as the driver counts. Nothing that is made for CUDA 13 runs on an older driver. */
  static final int CUDA_13 = 13000;

  /** The drivers that came with CUDA's versions. */
  private static final TreeMap<Integer, Integer> SERIES =
      new TreeMap<>(Map.of(12000, 525, 12080, 570, 12090, 575, CUDA_13, 580));

  private Drivers() {}

  /** A version of CUDA as the driver counts, 12060, as 12.6. */
  static String dotted(int version) {
    return version / 1000 + "." + version % 1000 / 10;
  }

  /** The least driver for a version of CUDA, in words. */
  static String withCuda(int version) {
    return SERIES.containsKey(version)
        ? SERIES.get(version) + " or later"
        : "that came with CUDA " + dotted(version) + ", or later";
  }
}
