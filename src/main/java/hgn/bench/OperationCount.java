package hgn.bench;

import hgn.model.HgnSpec;
import hgn.nn.ConvSpec;
import java.util.List;

/**
 * Floating point operations of the workloads, from the layers' shapes. A multiply-add counts as 2,
 * taps on padding count, and only convolutions are included.
 *
 * <p>One evaluation of dH is a forward and a backward pass through the energy network.
 * Differentiating it adds four passes per layer: the tangent of the gradient, the data gradient of
 * the energy, and a weight gradient for each of the two.
 */
public final class OperationCount {
  private final HgnSpec spec;
  private final int batch;
  private final int frames;
  private final int evaluations;

  /**
   * Counts for one batch.
   *
   * @param frames frames decoded
   * @param perStep evaluations of dH per integrator step
   */
  public OperationCount(HgnSpec spec, int batch, int frames, int perStep) {
    this.spec = spec;
    this.batch = batch;
    this.frames = frames;
    this.evaluations = perStep * (frames - 1);
  }

  /** Encoder forward and backward, without gradients of the frames. */
  public double encoder() {
    int inputs = spec.framesIn() * spec.frameChannels();
    double trunk = stack(spec.encoder(), inputs, spec.frameSize());
    int features = last(spec.encoder()).filters();
    double heads = 2 * conv(features, spec.latent(), 3, spec.latentSize());
    double first = stack(spec.encoder().subList(0, 1), inputs, spec.frameSize());
    return batch * (3 * (trunk + heads) - first);
  }

  /** One evaluation of dH. */
  public double gradient() {
    return 2.0 * batch * energy();
  }

  /** Rollout forward. */
  public double rollout() {
    return 2.0 * batch * energy() * evaluations;
  }

  /** Rollout forward and backward. */
  public double rolloutGrad() {
    return 6.0 * batch * energy() * evaluations;
  }

  /** Decoder forward and backward. */
  public double decoder() {
    double sum = 0;
    int channels = spec.phaseChannels();
    int size = spec.phaseSize();
    for (int filters : spec.decoder()) {
      size *= 2;
      sum += conv(channels, filters, 3, size) + conv(filters, filters, 3, size);
      sum += channels == filters ? 0 : conv(channels, filters, 1, size);
      channels = filters;
    }
    sum += conv(channels, spec.frameChannels(), 3, size);
    return 3.0 * batch * frames * sum;
  }

  /** A whole training step. */
  public double step() {
    double transformer = stack(spec.transformer(), spec.latent(), spec.latentSize());
    return encoder() + 3 * batch * transformer + rolloutGrad() + decoder();
  }

  private double energy() {
    return stack(spec.hamiltonian(), 2 * spec.phaseChannels(), spec.phaseSize());
  }

  private static double stack(List<ConvSpec> layers, int inputs, int size) {
    double sum = 0;
    int channels = inputs;
    int width = size;
    for (ConvSpec layer : layers) {
      width = layer.geometry().outHeight(width, layer.kernel());
      sum += conv(channels, layer.filters(), layer.kernel(), width);
      channels = layer.filters();
    }
    return sum;
  }

  private static double conv(int inputs, int outputs, int kernel, int size) {
    return 2.0 * inputs * outputs * kernel * kernel * size * size;
  }

  private static ConvSpec last(List<ConvSpec> layers) {
    return layers.get(layers.size() - 1);
  }
}
