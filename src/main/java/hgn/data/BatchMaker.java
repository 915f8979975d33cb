package hgn.data;

import hgn.frames.PublishedRenderer;
import hgn.frames.Renderer;
import hgn.frames.RolloutGenerator;
import hgn.frames.Rollouts;
import hgn.frames.SmoothRenderer;
import hgn.frames.Table1Renderer;
import hgn.tensor.Backend;
import hgn.tensor.DiscStyle;

/**
 * Makes batches of rollouts, as frames or as scenes from which a device draws the same frames.
 * Immutable and thread-safe.
 */
public final class BatchMaker {
  private final Rollouts rollouts;
  private final Window window;
  private final RolloutGenerator scenes;
  private final DiscStyle style;

  /**
   * Creates a maker of batches of frames or of scenes.
   *
   * @param scenes source of the scenes, drawn by a device in {@code style}; both null for frames
   */
  private BatchMaker(Rollouts rollouts, Window window, RolloutGenerator scenes, DiscStyle style) {
    this.rollouts = rollouts.withFrames(window.rolloutFrames());
    this.window = window;
    this.scenes = scenes == null ? null : scenes.withFrames(window.rolloutFrames());
    this.style = style;
  }

  /** Makes batches of frames, rendered or read on the host. */
  public static BatchMaker ofFrames(Rollouts rollouts, Window window) {
    return new BatchMaker(rollouts, window, null, null);
  }

  /** Makes training batches for {@code backend}: of scenes if it can draw them, else of frames. */
  public static BatchMaker on(Backend backend, Rollouts rollouts, Window window) {
    if (backend.discPainter().isPresent() && rollouts instanceof RolloutGenerator generator) {
      DiscStyle style = style(generator.renderer());
      return new BatchMaker(rollouts, window, style == null ? null : generator, style);
    }
    return ofFrames(rollouts, window);
  }

  /** The device's drawing style equivalent to {@code renderer}, or null if there is none. */
  private static DiscStyle style(Renderer renderer) {
    if (renderer instanceof PublishedRenderer) {
      return DiscStyle.BLURRED;
    }
    if (renderer instanceof Table1Renderer) {
      return DiscStyle.AVERAGED;
    }
    return renderer instanceof SmoothRenderer ? DiscStyle.ANTIALIASED : null;
  }

  /** Which frames are seen and reconstructed. */
  public Window window() {
    return window;
  }

  /** Makes the batch of these rollouts; the targets are all frames of the window. */
  public Batch make(long[] indices) {
    return make(indices, window.targetTimes());
  }

  /**
   * Makes the batch of these rollouts.
   *
   * @param times which frames of the window to reconstruct, ascending
   */
  public Batch make(long[] indices, int[] times) {
    int length = scenes == null ? rollouts.rolloutLength() : scenes.descriptionLength();
    float[] film = new float[length]; // reused: memory traffic dominates the cost of a batch
    Batch batch =
        Batch.empty(
            indices.length,
            rollouts.resolution(),
            rollouts.colours(),
            window,
            times,
            style,
            length / window.rolloutFrames());
    for (int n = 0; n < indices.length; n++) {
      if (scenes == null) {
        rollouts.render(indices[n], film, 0);
      } else {
        scenes.describe(indices[n], film, 0);
      }
      batch.put(n, film);
    }
    return batch;
  }
}
