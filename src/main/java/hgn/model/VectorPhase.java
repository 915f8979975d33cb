package hgn.model;

import hgn.nn.ConvSpec;
import hgn.nn.FourierFeatures;
import hgn.tensor.Activation;
import java.util.List;

/**
 * States that are short vectors instead of images, and how the encoder and the decoder handle them.
 *
 * @param phase dimension of q, and of p
 * @param angles which of them are angles
 * @param frameFeatures features to which the encoder reduces each frame first, see {@link
 *     FrameFeatures}; 0 for convolutions of all frames stacked along the channels
 * @param octaves octaves of q that the decoder sees in addition to q, see {@link FourierFeatures}
 * @param profiles number of outer products that form the decoder's image, see {@link OuterProduct};
 *     0 for blocks that double an image of 4x4
 */
public record VectorPhase(int phase, Angles angles, int frameFeatures, int octaves, int profiles) {
  private static final int FRAME_SIZE = 32;

  /** States with a convolutional encoder and a decoder of blocks that double an image. */
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

  /** How q is unfolded into the input image of the decoder's blocks. */
  VectorToImageSpec unfold() {
    Activation leaky = Activation.LEAKY_RELU;
    FourierFeatures waves = new FourierFeatures(octaves);
    if (profiles == 0) {
      return VectorToImageSpec.spread(
          waves,
          List.of(
              ConvSpec.dense(64, leaky).scaled(Presets.HE),
              ConvSpec.spread(32, 4, leaky).scaled(4 * Presets.HE)));
    }
    return new VectorToImageSpec(
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
