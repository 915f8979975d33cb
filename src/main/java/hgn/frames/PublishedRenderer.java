package hgn.frames;

/**
 * The frames of the published data set, bit for bit in float32: dull colours on a blue-gray
 * background, blurred by {@link Blur#TWICE_MEAN_OF_FOUR}.
 */
public final class PublishedRenderer extends BlurredRenderer {
  static final String NAME = "published";

  /** A renderer of {@code resolution} x {@code resolution} frames; the published data has 32. */
  public PublishedRenderer(int resolution) {
    super(resolution, Palette.PUBLISHED, Blur.TWICE_MEAN_OF_FOUR);
  }

  @Override
  public String name() {
    return NAME;
  }
}
