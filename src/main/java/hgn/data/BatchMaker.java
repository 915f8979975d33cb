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
 * Makes batches of given rollouts: of their frames, or of the scenes from which a device draws the
 * same frames. Immutable and safe to share between threads.
 */
public final class BatchMaker {
  private final Rollouts rollouts;
  private final Window window;
  private final RolloutGenerator scenes;
  private final DiscStyle style;

  /**
   * Of frames, or of scenes.
   *
   * @param scenes which a device draws in this style; both null for frames
   */
  private BatchMaker(Rollouts rollouts, Window window, RolloutGenerator scenes, DiscStyle style) {
    this.rollouts = rollouts.withFrames(window.rolloutFrames());
    this.window = window;
    this.scenes = scenes == null ? null : scenes.withFrames(window.rolloutFrames());
    this.style = style;
  }

  /** Batches whose frames are drawn, or read, here. */
  public static BatchMaker ofFrames(Rollouts rollouts, Window window) {
    return new BatchMaker(rollouts, window, null, null);
  }

  /** Batches to train with on {@code backend}: of scenes if it can draw them, else of frames. */
  public static BatchMaker on(Backend backend, Rollouts rollouts, Window window) {
    if (backend.discPainter().isPresent() && rollouts instanceof RolloutGenerator generator) {
      DiscStyle style = style(generator.renderer());
      return new BatchMaker(rollouts, window, style == null ? null : generator, style);
    }
    return ofFrames(rollouts, window);
  }

  /** How a device draws what the renderer draws; null if it cannot. */
  private static DiscStyle style(Renderer renderer) {
    if (renderer instanceof PublishedRenderer) {
      return DiscStyle.BLURRED;
    }
    if (renderer instanceof Table1Renderer) {
      return DiscStyle.AVERAGED;
    }
    return renderer instanceof SmoothRenderer ? DiscStyle.ANTIALIASED : null;
  }

  /** Which frames are seen and given back. */
  public Window window() {
    return window;
  }

  /** The batch of these rollouts, with all frames of the window to give back. */
  public Batch make(long[] indices) {
    return make(indices, window.targetTimes());
  }

  /**
   * The batch of these rollouts.
   *
   * @param times which of the window's frames to give back, ascending
   */
  public Batch make(long[] indices, int[] times) {
    int length = scenes == null ? rollouts.rolloutLength() : scenes.descriptionLength();
    float[] film = new float[length]; // one for all: memory is the cost of a batch
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
