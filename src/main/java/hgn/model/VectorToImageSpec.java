package hgn.model;

import hgn.nn.ConvSpec;
import hgn.nn.FourierFeatures;
import hgn.tensor.Activation;
import hgn.tensor.Conv2dGeometry;
import java.util.List;

/**
 * How the decoder unfolds a vector q into the input image of its blocks.
 *
 * @param octaves Fourier features of q that the layers see in addition to q
 * @param layers dense layers; without profiles, the last one spreads into the image
 * @param profiles K, the number of {@linkplain OuterProduct outer products} that form the image; 0
 *     for none
 * @param side height and width of the image that they form
 * @param strokes convolutions applied to that image
 */
record VectorToImageSpec(
    FourierFeatures octaves,
    List<ConvSpec> layers,
    int profiles,
    int side,
    List<ConvSpec> strokes) {
  private static final int MAX_PROFILE = 64;

  /** No layers, for a q that is an image already. */
  static final VectorToImageSpec NONE = spread(FourierFeatures.NONE, List.of());

  VectorToImageSpec {
    layers = List.copyOf(layers);
    strokes = List.copyOf(strokes);
  }

  /** Layers the last of which spreads into the image. */
  static VectorToImageSpec spread(FourierFeatures octaves, List<ConvSpec> layers) {
    return new VectorToImageSpec(octaves, layers, 0, 0, List.of());
  }

  /** A dense layer to the rows' profiles, or to the columns'. */
  ConvSpec profile(double gain) {
    return new ConvSpec(
        side * profiles, 1, Conv2dGeometry.symmetric(1, 0), Activation.IDENTITY, gain);
  }

  /**
   * This unfolding for larger frames; beyond the largest side for profiles, the blocks double the
   * size.
   */
  VectorToImageSpec forFrames(int size) {
    return profiles == 0
        ? this
        : new VectorToImageSpec(octaves, layers, profiles, Math.min(size, MAX_PROFILE), strokes);
  }

  /** Values of all images that are formed, of one q; dense layers have few beside them. */
  long imageValues() {
    int channels = profiles;
    for (ConvSpec stroke : strokes) {
      channels += stroke.filters();
    }
    return (long) side * side * channels;
  }

  /** Channels of the image. */
  int filters() {
    return strokes.isEmpty() ? profiles : strokes.get(strokes.size() - 1).filters();
  }
}
