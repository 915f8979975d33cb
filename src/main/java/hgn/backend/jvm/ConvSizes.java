package hgn.backend.jvm;

import hgn.tensor.Conv2dGeometry;
import hgn.tensor.Shape;

/** The sizes of a convolution, and which pixels its window covers. */
final class ConvSizes {
  final int samples;
  final int height;
  final int width;
  final int channels;
  final int kernelHeight;
  final int kernelWidth;
  final int outHeight;
  final int outWidth;
  final int outChannels;
  final int stride;
  final int top;
  final int left;

  /** x (N,H,W,C), w (kh,kw,C,O), y (N,H',W',O). */
  ConvSizes(Shape x, Shape w, Shape y, Conv2dGeometry geometry) {
    samples = x.dim(0);
    height = x.dim(1);
    width = x.dim(2);
    channels = x.dim(3);
    kernelHeight = w.dim(0);
    kernelWidth = w.dim(1);
    outHeight = y.dim(1);
    outWidth = y.dim(2);
    outChannels = y.dim(3);
    stride = geometry.stride();
    top = geometry.top();
    left = geometry.left();
  }

  /** Multiplications per row of the result. */
  long rowCost() {
    return (long) outWidth * kernelHeight * kernelWidth * channels * outChannels;
  }

  /** The first window column dj with j * stride + dj - left within the image. */
  int firstTap(int j) {
    return Math.max(0, left - j * stride);
  }

  /** One past the last window column with j * stride + dj - left within the image. */
  int endTap(int j) {
    return Math.min(kernelWidth, width + left - j * stride);
  }

  /** The first output column j with j * stride + dj - left within the image. */
  int firstColumn(int dj) {
    return Math.max(0, (left - dj + stride - 1) / stride);
  }

  /** One past the last output column with j * stride + dj - left within the image. */
  int endColumn(int dj) {
    int last = width - 1 + left - dj;
    return last < 0 ? 0 : Math.min(outWidth, last / stride + 1);
  }
}
