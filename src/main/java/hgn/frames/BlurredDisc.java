package hgn.frames;

import java.util.Arrays;

/**
 * The square of a published frame that one disc changes, ready to be copied: background, blurred
 * disc, clipped.
 *
 * <p>A disc of radius r with centre (x, y) reaches columns x - r to x + r + 2 and rows likewise,
 * since the blur moves light right and down only. Where it begins at column and row 2 or later, the
 * rule for reading beyond the edge meets only black, and what lies beyond the other edges is cut.
 */
final class BlurredDisc {
  /** First column and row at which the blur does not see the edge. */
  private static final int CLEAR = 2;

  /** Pixels by which the blur widens a disc. */
  private static final int SPREAD = 2;

  private final float[] key;
  private final int side;
  private final float[] pixels;

  /**
   * The picture that {@code renderer} makes of disc {@code disc} of {@code scene} alone; the disc
   * must fit into a frame.
   */
  BlurredDisc(PublishedRenderer renderer, float[] scene, int disc) {
    int resolution = renderer.resolution();
    int radius = (int) scene[disc + Scene.RADIUS];
    key = key(scene, disc);
    side = 2 * radius + 1 + SPREAD;
    float[] alone = Arrays.copyOf(scene, Scene.length(1));
    System.arraycopy(scene, disc, alone, Scene.DISCS, Scene.DISC);
    alone[Scene.DISCS + Scene.X] = CLEAR + radius;
    alone[Scene.DISCS + Scene.Y] = CLEAR + radius;
    float[] frame = new float[renderer.frameLength()];
    renderer.clear(alone, frame, 0);
    renderer.filter(alone, frame, 0);
    int row = side * Palette.CHANNELS;
    pixels = new float[side * row];
    for (int i = 0; i < side; i++) {
      int from = ((i + CLEAR) * resolution + CLEAR) * Palette.CHANNELS;
      System.arraycopy(frame, from, pixels, i * row, row);
    }
  }

  /**
   * Whether every disc of a scene is as if it were alone, away from the first columns, and smaller
   * than a frame of {@code resolution} pixels a side.
   */
  static boolean areApart(float[] scene, int resolution) {
    for (int a = Scene.DISCS; a < scene.length; a += Scene.DISC) {
      if (begin(scene, a, Scene.X) < CLEAR
          || begin(scene, a, Scene.Y) < CLEAR
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

  private static int begin(float[] scene, int disc, int axis) {
    return (int) scene[disc + axis] - (int) scene[disc + Scene.RADIUS];
  }

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

  /** Copies the picture to where the disc is, as far as it is within the frame. */
  void copy(float[] scene, int disc, float[] dst, int offset, int resolution) {
    int left = begin(scene, disc, Scene.X);
    int top = begin(scene, disc, Scene.Y);
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
