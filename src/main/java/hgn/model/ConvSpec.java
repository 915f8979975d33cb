package hgn.model;

import hgn.tensor.Activation;
import hgn.tensor.Conv2dGeometry;

/**
 * One convolution of a network.
 *
 * @param filters number of output channels
 * @param kernel height and width of the window
 * @param geometry stride and padding
 * @param activation what follows
 */
public record ConvSpec(int filters, int kernel, Conv2dGeometry geometry, Activation activation) {
  /** A 3x3 window padded by one on each side: keeps the size at stride 1, halves it at 2. */
  public static ConvSpec same(int filters, int stride, Activation activation) {
    return new ConvSpec(filters, 3, Conv2dGeometry.symmetric(stride, 1), activation);
  }

  /** The same in full precision: for networks whose errors an integrator would add up. */
  ConvSpec exactly() {
    return new ConvSpec(filters, kernel, geometry.exactly(), activation);
  }
}
