package hgn.model;

import hgn.nn.ConvSpec;
import hgn.nn.FourierFeatures;
import hgn.tensor.Activation;
import java.util.List;

/**
 * States of a few numbers in place of images, and how frames are seen and drawn with them.
 *
 * @param phase numbers of q, and of p
 * @param angles which of them are angles
 * @param frameFeatures numbers to which the encoder brings each frame first, see {@link
 *     FrameFeatures}; 0 for convolutions of all frames stacked on channels
 * @param octaves of q that the decoder sees beside it, see {@link FourierFeatures}
 * @param profiles outer products of which the decoder makes its image, see {@link OuterProduct}; 0
 *     for blocks that double an image of 4x4
 */
public record VectorPhase(int phase, Angles angles, int frameFeatures, int octaves, int profiles) {
  private static final int FRAME_SIZE = 32;

  /** With convolutions, and blocks that double an image. */
  public VectorPhase(int phase, Angles angles) {
    this(phase, angles, 0, 0, 0);
  }

  /** The encoder's trunk. */
  List<ConvSpec> trunk() {
    return frameFeatures > 0
        ? List.of(ConvSpec.dense(512, Activation.RELU).scaled(Presets.HE))
        : List.of(
            ConvSpec.same(32, 2, Activation.RELU).scaled(Presets.HE),
            ConvSpec.same(48, 2, Activation.RELU).scaled(Presets.HE),
            ConvSpec.same(64, 2, Activation.RELU).scaled(Presets.HE),
            ConvSpec.gather(128, 4, Activation.RELU).scaled(Presets.HE));
  }

  /** From q to the image at which the decoder's blocks begin. */
  UnfoldSpec unfold() {
    Activation leaky = Activation.LEAKY_RELU;
    FourierFeatures waves = new FourierFeatures(octaves);
    if (profiles == 0) {
      return UnfoldSpec.spread(
          waves,
          List.of(
              ConvSpec.dense(64, leaky).scaled(Presets.HE),
              ConvSpec.spread(32, 4, leaky).scaled(4 * Presets.HE)));
    }
    return new UnfoldSpec(
        waves,
        List.of(ConvSpec.dense(128, leaky).scaled(Presets.HE)),
        profiles,
        FRAME_SIZE,
        List.of(ConvSpec.same(16, 1, leaky).scaled(Presets.HE)));
  }

  /** Filters of the decoder's blocks. */
  List<Integer> blocks() {
    return profiles > 0 ? List.of() : List.of(32, 32, 16);
  }
}
