package hgn.nn;

import hgn.tensor.Activation;
import hgn.tensor.Conv2dGeometry;

/**
 * One convolution of a network.
 *
 * @param filters number of output channels
 * @param kernel height and width of the window
 * @param geometry stride and padding
 * @param activation the activation after it
 * @param gain factor on the initial scale of weights and bias, see {@link hgn.nn.Init}
 */
public record ConvSpec(
    int filters, int kernel, Conv2dGeometry geometry, Activation activation, double gain) {
  /** A convolution at the usual initial scale. */
  public ConvSpec(int filters, int kernel, Conv2dGeometry geometry, Activation activation) {
    this(filters, kernel, geometry, activation, 1);
  }

  /** A 3x3 window padded by one on each side: preserves the size at stride 1, halves it at 2. */
  public static ConvSpec same(int filters, int stride, Activation activation) {
    return new ConvSpec(filters, 3, Conv2dGeometry.symmetric(stride, 1), activation);
  }

  /** The same with half the filters, rounded up. */
  public ConvSpec halved() {
    return new ConvSpec((filters + 1) / 2, kernel, geometry, activation, gain);
  }

  /** The same in full precision, for networks whose errors an integrator would accumulate. */
  public ConvSpec exactly() {
    return new ConvSpec(filters, kernel, geometry.exactly(), activation, gain);
  }

  /** A dense layer from one pixel to one pixel. */
  public static ConvSpec dense(int filters, Activation activation) {
    return new ConvSpec(filters, 1, Conv2dGeometry.symmetric(1, 0), activation);
  }

  /** A dense layer from an image of {@code size}x{@code size} to one pixel. */
  public static ConvSpec gather(int filters, int size, Activation activation) {
    return new ConvSpec(filters, size, Conv2dGeometry.symmetric(1, 0), activation);
  }

  /**
   * A dense layer from one pixel to an image of {@code size}x{@code size}: the padding is so large
   * that each output sees the pixel through a weight of its own.
   */
  public static ConvSpec spread(int filters, int size, Activation activation) {
    return new ConvSpec(filters, size, Conv2dGeometry.symmetric(1, size - 1), activation);
  }

  /** This layer at {@code factor} times its initial scale. */
  public ConvSpec scaled(double factor) {
    return new ConvSpec(filters, kernel, geometry, activation, gain * factor);
  }
}
