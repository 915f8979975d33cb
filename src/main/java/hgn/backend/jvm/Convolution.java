package hgn.backend.jvm;

import hgn.tensor.Activation;
import hgn.tensor.Conv2dGeometry;
import hgn.tensor.HostTransfer;
import hgn.tensor.Tensor;

/**
 * Convolution and its two adjoints, row by row. With channels last, a window's columns and channels
 * are contiguous, so that each window row is a vector-matrix product.
 */
final class Convolution {
  /** Most partial weight gradients that are held at once. */
  private static final int MAX_PARTS = 16;

  private final Workers workers;

  Convolution(Workers workers) {
    this.workers = workers;
  }

  void forward(Tensor x, Tensor w, Tensor bias, Conv2dGeometry geometry, Activation f, Tensor y) {
    ConvSizes s = new ConvSizes(x.shape(), w.shape(), y.shape(), geometry);
    double[] weight = Matmul.values(w);
    double[] shift = bias == null ? new double[s.outChannels] : Matmul.values(bias);
    workers.ranges(
        s.samples * s.outHeight,
        Matmul.perTask(s.rowCost()),
        (from, count) -> {
          Rows image = new Rows(x);
          double[] row = new double[s.outWidth * s.outChannels];
          for (int r = from; r < from + count; r++) {
            for (int j = 0; j < s.outWidth; j++) {
              System.arraycopy(shift, 0, row, j * s.outChannels, s.outChannels);
            }
            forwardRow(s, image, r / s.outHeight, r % s.outHeight, weight, row);
            Elementwise.activate(f, row, row.length);
            HostTransfer.write(row, 0, y, r * row.length, row.length);
          }
        });
  }

  private static void forwardRow(
      ConvSizes s, Rows image, int sample, int i, double[] weight, double[] row) {
    for (int di = 0; di < s.kernelHeight; di++) {
      int h = i * s.stride + di - s.top;
      if (h < 0 || h >= s.height) {
        continue;
      }
      double[] pixels = image.get(sample, h);
      for (int j = 0; j < s.outWidth; j++) {
        int first = s.firstTap(j);
        int depth = (s.endTap(j) - first) * s.channels;
        int pixel = (j * s.stride + first - s.left) * s.channels;
        int tap = (di * s.kernelWidth + first) * s.channels * s.outChannels;
        Matmul.accumulate(
            pixels, pixel, 1, depth, weight, tap, s.outChannels, row, j * s.outChannels);
      }
    }
  }

  void inputGrad(Tensor g, Tensor w, Conv2dGeometry geometry, Tensor x) {
    ConvSizes s = new ConvSizes(x.shape(), w.shape(), g.shape(), geometry);
    double[] weight = transposedTaps(s, Matmul.values(w));
    workers.ranges(
        s.samples * s.height,
        Matmul.perTask(s.rowCost()),
        (from, count) -> {
          Rows cotangent = new Rows(g);
          for (int r = from; r < from + count; r++) {
            double[] row = new double[s.width * s.channels];
            inputGradRow(s, cotangent, r / s.height, r % s.height, weight, row);
            HostTransfer.write(row, 0, x, r * row.length, row.length);
          }
        });
  }

  private static void inputGradRow(
      ConvSizes s, Rows cotangent, int sample, int h, double[] weight, double[] row) {
    for (int di = 0; di < s.kernelHeight; di++) {
      int shifted = h + s.top - di;
      int i = Math.floorDiv(shifted, s.stride);
      if (shifted % s.stride != 0 || i < 0 || i >= s.outHeight) {
        continue;
      }
      double[] values = cotangent.get(sample, i);
      for (int dj = 0; dj < s.kernelWidth; dj++) {
        int tap = (di * s.kernelWidth + dj) * s.channels * s.outChannels;
        int end = s.endColumn(dj);
        for (int j = s.firstColumn(dj); j < end; j++) {
          int pixel = (j * s.stride + dj - s.left) * s.channels;
          int from = j * s.outChannels;
          Matmul.accumulate(values, from, 1, s.outChannels, weight, tap, s.channels, row, pixel);
        }
      }
    }
  }

  /** The weight with each tap's matrix (C,O) transposed to (O,C). */
  private static double[] transposedTaps(ConvSizes s, double[] weight) {
    double[] turned = new double[weight.length];
    int tap = s.channels * s.outChannels;
    for (int from = 0; from < weight.length; from += tap) {
      double[] matrix = Matmul.transposed(weight, from, s.channels, s.outChannels);
      System.arraycopy(matrix, 0, turned, from, tap);
    }
    return turned;
  }

  void weightGrad(Tensor x, Tensor g, Conv2dGeometry geometry, Tensor w) {
    ConvSizes s = new ConvSizes(x.shape(), w.shape(), g.shape(), geometry);
    int rows = s.samples * s.outHeight;
    int most = (rows + MAX_PARTS - 1) / MAX_PARTS;
    int rowsPerTask = Math.max(most, Matmul.perTask(s.rowCost()));
    double[][] parts = new double[(rows + rowsPerTask - 1) / rowsPerTask][];
    workers.ranges(
        rows,
        rowsPerTask,
        (from, count) -> {
          Rows image = new Rows(x);
          Rows cotangent = new Rows(g);
          double[] weight = new double[HostTransfer.count(w)];
          for (int r = from; r < from + count; r++) {
            weightGradRow(s, image, cotangent, r / s.outHeight, r % s.outHeight, weight);
          }
          parts[from / rowsPerTask] = weight;
        });
    HostTransfer.upload(Reductions.sum(parts), w);
  }

  private static void weightGradRow(
      ConvSizes s, Rows image, Rows cotangent, int sample, int i, double[] weight) {
    double[] values = cotangent.get(sample, i);
    for (int di = 0; di < s.kernelHeight; di++) {
      int h = i * s.stride + di - s.top;
      if (h < 0 || h >= s.height) {
        continue;
      }
      double[] pixels = image.get(sample, h);
      for (int dj = 0; dj < s.kernelWidth; dj++) {
        int first = s.firstColumn(dj);
        int count = s.endColumn(dj) - first;
        int pixel = (first * s.stride + dj - s.left) * s.channels;
        int tap = (di * s.kernelWidth + dj) * s.channels;
        for (int c = 0; c < s.channels; c++) {
          Matmul.accumulate(
              pixels,
              pixel + c,
              s.stride * s.channels,
              count,
              values,
              first * s.outChannels,
              s.outChannels,
              weight,
              (tap + c) * s.outChannels);
        }
      }
    }
  }
}
