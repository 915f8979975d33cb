package hgn.frames;

import java.util.Arrays;

/**
 * The pictures of discs that a renderer has needed so far, a handful for any one system. Safe to
 * share between threads: the list is replaced, never changed, and of two threads that add to it at
 * once one may have to make its picture again.
 */
final class BlurredDiscs {
  /** More kinds than films show; a stranger mix of scenes evicts them all. */
  private static final int MOST = 64;

  private volatile BlurredDisc[] known = {};

  /** The picture of disc {@code disc} of {@code scene}, made by {@code renderer} if need be. */
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
