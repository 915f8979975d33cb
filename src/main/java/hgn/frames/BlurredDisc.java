package hgn.frames;

import java.util.Arrays;

/**
 * The square of a frame that a single disc changes, precomputed for copying: background plus
 * blurred disc, clipped.
 *
 * <p>A disc of radius r with centre (x, y) covers columns x - r to x + r, widened by the spread of
 * the {@link Blur}, and rows likewise. If it is {@linkplain Blur#isClear clear}, the rule for
 * reading beyond the edge reads only black.
 */
final class BlurredDisc {
  /** First column and row at which the blur does not read beyond the edge. */
  private static final int CLEAR = 2;

  /** Pixels by which every blur widens a disc. */
  private static final int SPREAD = Blur.TAPS - 1;

  private final float[] key;
  private final Blur blur;
  private final int side;
  private final float[] pixels;

  /**
   * Creates the picture that {@code renderer} draws of disc {@code disc} of {@code scene} alone;
   * the disc must fit into a frame.
   */
  BlurredDisc(BlurredRenderer renderer, float[] scene, int disc) {
    int resolution = renderer.resolution();
    int radius = (int) scene[disc + Scene.RADIUS];
    key = key(scene, disc);
    blur = renderer.blur();
    side = 2 * radius + 1 + SPREAD;
    float[] alone = Arrays.copyOf(scene, Scene.length(1));
    System.arraycopy(scene, disc, alone, Scene.DISCS, Scene.DISC);
    alone[Scene.DISCS + Scene.X] = CLEAR + radius;
    alone[Scene.DISCS + Scene.Y] = CLEAR + radius;
    float[] frame = new float[renderer.frameLength()];
    renderer.clear(alone, frame, 0);
    renderer.filter(alone, frame, 0);
    int row = side * Palette.CHANNELS;
    int corner = CLEAR - blur.before();
    pixels = new float[side * row];
    for (int i = 0; i < side; i++) {
      int from = ((i + corner) * resolution + corner) * Palette.CHANNELS;
      System.arraycopy(frame, from, pixels, i * row, row);
    }
  }

  /**
   * Whether every disc of a scene is separate from the others and from edges that affect its
   * picture, and smaller than a frame of {@code resolution} pixels per side.
   */
  static boolean areApart(float[] scene, int resolution, Blur blur) {
    for (int a = Scene.DISCS; a < scene.length; a += Scene.DISC) {
      if (!isClear(scene, a, Scene.X, resolution, blur)
          || !isClear(scene, a, Scene.Y, resolution, blur)
          || 2 * scene[a + Scene.RADIUS] + 1 + SPREAD + CLEAR > resolution) {
        return false;
      }
      for (int b = Scene.DISCS; b < a; b += Scene.DISC) {
        if (meet(scene, a, b, Scene.X) && meet(scene, a, b, Scene.Y)) {
          return false;
        }
      }
    }
    return true;
  }

  private static boolean isClear(float[] scene, int disc, int axis, int resolution, Blur blur) {
    int end = (int) scene[disc + axis] + (int) scene[disc + Scene.RADIUS];
    return blur.isClear(begin(scene, disc, axis), end, resolution);
  }

  private static int begin(float[] scene, int disc, int axis) {
    return (int) scene[disc + axis] - (int) scene[disc + Scene.RADIUS];
  }

  /** The last line of the picture, shifted so that it starts at {@link #begin}. */
  private static int end(float[] scene, int disc, int axis) {
    return (int) scene[disc + axis] + (int) scene[disc + Scene.RADIUS] + SPREAD;
  }

  private static boolean meet(float[] scene, int a, int b, int axis) {
    return begin(scene, a, axis) <= end(scene, b, axis)
        && begin(scene, b, axis) <= end(scene, a, axis);
  }

  /** Whether this is the picture of disc {@code disc} of {@code scene}. */
  boolean shows(float[] scene, int disc) {
    return key[0] == scene[0]
        && key[1] == scene[1]
        && key[2] == scene[2]
        && key[3] == scene[disc + Scene.RADIUS]
        && key[4] == scene[disc + Scene.COLOUR]
        && key[5] == scene[disc + Scene.COLOUR + 1]
        && key[6] == scene[disc + Scene.COLOUR + 2];
  }

  private static float[] key(float[] scene, int disc) {
    return new float[] {
      scene[0],
      scene[1],
      scene[2],
      scene[disc + Scene.RADIUS],
      scene[disc + Scene.COLOUR],
      scene[disc + Scene.COLOUR + 1],
      scene[disc + Scene.COLOUR + 2]
    };
  }

  /** Copies the part of the picture within the frame to the disc's position. */
  void copy(float[] scene, int disc, float[] dst, int offset, int resolution) {
    int left = begin(scene, disc, Scene.X) - blur.before();
    int top = begin(scene, disc, Scene.Y) - blur.before();
    int rows = Math.min(side, resolution - top);
    int row = Math.min(side, resolution - left) * Palette.CHANNELS;
    if (row <= 0) {
      return;
    }
    int to = offset + (top * resolution + left) * Palette.CHANNELS;
    for (int i = 0; i < rows; i++) {
      System.arraycopy(
          pixels, i * side * Palette.CHANNELS, dst, to + i * resolution * Palette.CHANNELS, row);
    }
  }
}
