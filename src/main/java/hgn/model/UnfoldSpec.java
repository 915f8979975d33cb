package hgn.model;

import hgn.nn.ConvSpec;
import hgn.nn.FourierFeatures;
import hgn.tensor.Activation;
import hgn.tensor.Conv2dGeometry;
import java.util.List;

/**
 * How the decoder makes an image of a q of few numbers, at which its blocks begin.
 *
 * @param octaves of q that the layers see beside it
 * @param layers dense ones; where there are no profiles, the last one spreads into the image
 * @param profiles K, the number of {@linkplain OuterProduct outer products} of which the image is
 *     made; 0 for none
 * @param side of the image that they make
 * @param strokes convolutions of that image
 */
record UnfoldSpec(
    FourierFeatures octaves,
    List<ConvSpec> layers,
    int profiles,
    int side,
    List<ConvSpec> strokes) {
  private static final int LONGEST_PROFILE = 64;

  /** Where q is an image already. */
  static final UnfoldSpec NONE = spread(FourierFeatures.NONE, List.of());

  UnfoldSpec {
    layers = List.copyOf(layers);
    strokes = List.copyOf(strokes);
  }

  /** Layers of which the last one spreads into the image. */
  static UnfoldSpec spread(FourierFeatures octaves, List<ConvSpec> layers) {
    return new UnfoldSpec(octaves, layers, 0, 0, List.of());
  }

  /** A dense layer to the rows' profiles, or to the columns'. */
  ConvSpec profile(double gain) {
    return new ConvSpec(
        side * profiles, 1, Conv2dGeometry.symmetric(1, 0), Activation.IDENTITY, gain);
  }

  /** This one for larger frames; the blocks double what is too much for profiles. */
  UnfoldSpec forFrames(int size) {
    return profiles == 0
        ? this
        : new UnfoldSpec(octaves, layers, profiles, Math.min(size, LONGEST_PROFILE), strokes);
  }

  /** Channels of the image. */
  int filters() {
    return strokes.isEmpty() ? profiles : strokes.get(strokes.size() - 1).filters();
  }
}
