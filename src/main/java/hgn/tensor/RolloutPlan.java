package hgn.tensor;

import java.util.ArrayList;
import java.util.List;

/**
 * A rollout of the energy H(q, p) = kinetic |p|^2/2 + spring |q|^2/2 + the sum over all pixels of a
 * stack of convolutions, whose input is q and p concatenated along the channels.
 *
 * @param height rows of q, and of p
 * @param width columns of q, and of p
 * @param channels of q, and of p
 * @param layers the convolutions, from the input on
 * @param kinetic factor on |p|^2/2
 * @param spring factor on |q|^2/2
 * @param program the integrator's step
 * @param steps number of steps
 * @param dt step size; negative to go backward in time
 */
public record RolloutPlan(
    int height,
    int width,
    int channels,
    List<Layer> layers,
    double kinetic,
    double spring,
    RolloutProgram program,
    int steps,
    double dt) {

  /**
   * One convolution with bias and activation.
   *
   * @param weight shape (kh,kw,inputs,outputs)
   */
  public record Layer(Shape weight, Conv2dGeometry geometry, Activation activation) {}

  /**
   * Checks that the layers fit the state.
   *
   * @throws IllegalArgumentException if they do not, or there is no layer or step
   */
  public RolloutPlan {
    layers = List.copyOf(layers);
    if (layers.isEmpty() || steps < 1) {
      throw new IllegalArgumentException(
          "[rollout] needs at least one layer and one step, got "
              + layers.size()
              + " layers and "
              + steps
              + " steps");
    }
    images(1, height, width, channels, layers);
  }

  /**
   * The input shape of each layer, followed by the output shape of the last, for {@code count}
   * states.
   */
  public List<Shape> images(int count) {
    return images(count, height, width, channels, layers);
  }

  private static List<Shape> images(
      int count, int height, int width, int channels, List<Layer> layers) {
    List<Shape> images = new ArrayList<>(layers.size() + 1);
    images.add(Shape.of(count, height, width, 2 * channels));
    for (int i = 0; i < layers.size(); i++) {
      images.add(
          ConvShapes.output(images.get(i), layers.get(i).weight(), layers.get(i).geometry()));
    }
    return images;
  }

  /** Evaluations of dH in the whole rollout. */
  public int evaluations() {
    return steps * program.evaluations();
  }

  /** Shape of q, and of p, for a batch. */
  public Shape state(int batch) {
    return Shape.of(batch, height, width, channels);
  }

  /**
   * Shape of all states: q of all times, then p of all times; the time axis precedes the batch
   * axis.
   */
  public Shape trajectory(int batch) {
    return Shape.of(2 * (steps + 1) * batch, height, width, channels);
  }

  /**
   * Shape of the states (q, p) at which dH is evaluated; the evaluation axis precedes the batch
   * axis.
   */
  public Shape visited(int batch) {
    return Shape.of(evaluations() * batch, height, width, 2 * channels);
  }
}
