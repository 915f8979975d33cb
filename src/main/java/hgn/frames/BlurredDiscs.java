package hgn.frames;

import java.util.Arrays;

/**
 * A cache of a renderer's pictures of discs, a handful for any one system. Safe to share between
 * threads: the list is replaced, never modified. If two threads add to it at once, one picture may
 * be lost and computed again.
 */
final class BlurredDiscs {
  /** Capacity, more than films need; the cache is cleared when it is full. */
  private static final int MOST = 64;

  private volatile BlurredDisc[] known = {};

  /**
   * Returns the picture of disc {@code disc} of {@code scene}, drawn by {@code renderer} if not
   * cached.
   */
  BlurredDisc of(BlurredRenderer renderer, float[] scene, int disc) {
    BlurredDisc[] now = known;
    for (BlurredDisc picture : now) {
      if (picture.shows(scene, disc)) {
        return picture;
      }
    }
    BlurredDisc picture = new BlurredDisc(renderer, scene, disc);
    BlurredDisc[] more = Arrays.copyOf(now, now.length < MOST ? now.length + 1 : 1);
    more[more.length - 1] = picture;
    known = more;
    return picture;
  }
}
