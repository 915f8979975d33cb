package hgn.model;

import hgn.autograd.Var;
import hgn.autograd.ops.Activations;
import hgn.autograd.ops.Arithmetic;
import hgn.nn.Conv2d;
import hgn.nn.Init;
import hgn.nn.Parameter;
import hgn.nn.Parameters;
import hgn.nn.UpsampledConv2d;
import hgn.tensor.Activation;
import hgn.tensor.Conv2dGeometry;
import hgn.tensor.Shape;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * p_theta(x | q): residual blocks that double the size, then a convolution to the colours, drawn
 * over a learnt backdrop of what never moves, if there is one. If q is a short vector instead of an
 * image, dense layers unfold it into an image first.
 */
public final class Decoder {
  /** Level used for black, so that its logit is finite. */
  private static final double DARKEST = 0.5 / 255;

  private final Angles angles;
  private final VectorToImage unfold;
  private final List<Block> blocks = new ArrayList<>();
  private final Conv2d out;
  private final Parameter backdrop;

  /** Adds this network's parameters to {@code parameters}. */
  public Decoder(Parameters parameters, Init init, HgnSpec spec) {
    angles = spec.angles();
    unfold =
        new VectorToImage(
            parameters, init, "decoder.unfold", spec.positionFeatures(), spec.unfold());
    int channels = unfold.outputs();
    for (int i = 0; i < spec.decoder().size(); i++) {
      int filters = spec.decoder().get(i);
      blocks.add(
          new Block(
              parameters, init, "decoder.block" + i, channels, filters, spec.blockActivation()));
      channels = filters;
    }
    Activation last = spec.backdrop() ? Activation.IDENTITY : Activation.SIGMOID;
    out = conv(parameters, init, "decoder.out", channels, spec.frameChannels(), 3, last);
    backdrop = spec.backdrop() ? backdrop(parameters, spec) : null;
  }

  /** q (N,h,w,C) to frames (N,H,W,colours) in (0, 1). */
  public Var apply(Var q) {
    Var y = unfold.apply(angles.features(q));
    for (Block block : blocks) {
      y = block.apply(y);
    }
    Var frames = out.apply(y);
    return backdrop == null
        ? frames
        : Activations.activate(Activation.SIGMOID, Arithmetic.add(frames, backdrop.var()));
  }

  private static Parameter backdrop(Parameters parameters, HgnSpec spec) {
    int size = spec.frameSize();
    Shape shape = Shape.of(1, size, size, spec.frameChannels());
    return parameters.add("decoder.backdrop", shape, new double[(int) shape.count()]);
  }

  /**
   * Sets the backdrop, if there is one, so that frames initially equal this one.
   *
   * @param frame (height, width, colours), in [0, 1]
   */
  public void setBackdrop(double[] frame) {
    if (backdrop != null) {
      backdrop.value().set(Arrays.stream(frame).map(Decoder::logit).toArray());
    }
  }

  private static double logit(double share) {
    double inside = Math.min(1 - DARKEST, Math.max(DARKEST, share));
    return Math.log(inside / (1 - inside));
  }

  private static Conv2d conv(
      Parameters parameters,
      Init init,
      String name,
      int inputs,
      int outputs,
      int kernel,
      Activation activation) {
    Conv2dGeometry keepSize = Conv2dGeometry.symmetric(1, kernel / 2);
    return new Conv2d(parameters, init, name, inputs, outputs, kernel, keepSize, activation, 1);
  }

  /**
   * u = upsample(x); y = f(second(first(u)) + skip(u)), where skip is a 1x1 convolution if the
   * numbers of channels differ, and the identity otherwise. The first convolution is computed on x;
   * so is skip, since it sees one pixel at a time.
   */
  private static final class Block {
    private final UpsampledConv2d first;
    private final Conv2d second;
    private final Conv2d skip;
    private final Activation activation;

    Block(
        Parameters parameters,
        Init init,
        String name,
        int inputs,
        int filters,
        Activation activation) {
      Activation leaky = Activation.LEAKY_RELU;
      first = new UpsampledConv2d(parameters, init, name + ".first", inputs, filters, leaky);
      second = conv(parameters, init, name + ".second", filters, filters, 3, leaky);
      skip =
          inputs == filters
              ? null
              : conv(parameters, init, name + ".skip", inputs, filters, 1, Activation.IDENTITY);
      this.activation = activation;
    }

    Var apply(Var x) {
      Var detour = second.apply(first.apply(x));
      Var straight = skip == null ? x : skip.apply(x);
      return Arithmetic.addUpsampled(detour, straight, activation);
    }
  }
}
