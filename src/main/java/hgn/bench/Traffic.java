package hgn.bench;

import hgn.model.Hgn;
import hgn.model.HgnSpec;
import hgn.nn.ConvSpec;
import java.util.List;

/**
 * The minimum bytes that parts of a training step move in float32: each convolution's input, output
 * and weights once forward and twice backward, including gradients; for a rollout only states and
 * weights, since everything else can stay on chip.
 */
public final class Traffic {
  private static final int BYTES = 4;

  private final Hgn model;
  private final HgnSpec spec;
  private final double batch;
  private final int frames;

  /** Counts for one batch and {@code frames} decoded frames. */
  public Traffic(Hgn model, int batch, int frames) {
    this.model = model;
    this.spec = model.spec();
    this.batch = batch;
    this.frames = frames;
  }

  /** One evaluation of dH. */
  public double gradient() {
    return BYTES * (2 * state() + weights("hamiltonian"));
  }

  /** States forward, and weights. */
  public double rollout() {
    return BYTES * ((1.0 + frames) * state() + weights("hamiltonian"));
  }

  /** States forward and back, weights and their gradients. */
  public double rolloutGrad() {
    return BYTES * (2 * (1.0 + frames) * state() + 3 * weights("hamiltonian"));
  }

  /** Encoder forward and backward. */
  public double encoder() {
    int inputs = spec.framesIn() * spec.frameChannels();
    double heads = 2.0 * spec.latent() * square(spec.latentSize());
    double images = images(spec.encoder(), inputs, spec.frameSize()) + heads;
    return BYTES * 3 * (batch * images + weights("encoder"));
  }

  /** Decoder forward and backward. */
  public double decoder() {
    double images = 0;
    int channels = spec.phaseChannels();
    int size = spec.phaseSize();
    for (int filters : spec.decoder()) {
      images += channels * square(size); // input of the first convolution; full size from here on
      size *= 2;
      images += 3.0 * filters * square(size);
      channels = filters;
    }
    images += (channels + spec.frameChannels()) * square(size);
    return BYTES * 3 * (batch * frames * images + weights("decoder"));
  }

  /** All networks, and the optimiser's weights, gradients and moments. */
  public double step() {
    double transformer =
        batch * images(spec.transformer(), spec.latent(), spec.latentSize())
            + weights("transformer");
    double adam = 7.0 * model.parameters().count();
    return encoder() + rolloutGrad() + decoder() + BYTES * (3 * transformer + adam);
  }

  private double state() {
    return batch * 2 * spec.phaseChannels() * square(spec.phaseSize());
  }

  private double weights(String network) {
    return model.parameters().all().stream()
        .filter(parameter -> parameter.name().startsWith(network + "."))
        .mapToLong(parameter -> parameter.shape().count())
        .sum();
  }

  private static double images(List<ConvSpec> layers, int inputs, int size) {
    double sum = 0;
    int channels = inputs;
    int side = size;
    for (ConvSpec layer : layers) {
      sum += channels * square(side);
      side = layer.geometry().outHeight(side, layer.kernel());
      channels = layer.filters();
      sum += channels * square(side);
    }
    return sum;
  }

  private static double square(int side) {
    return (double) side * side;
  }
}
