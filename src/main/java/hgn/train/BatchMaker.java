package hgn.train;

import hgn.frames.PublishedRenderer;
import hgn.frames.Renderer;
import hgn.frames.RolloutGenerator;
import hgn.frames.SmoothRenderer;
import hgn.frames.Table1Renderer;
import hgn.tensor.Backend;
import hgn.tensor.DiscStyle;

/**
 * Makes batches of given rollouts: of their frames, or of the scenes from which a device draws the
 * same frames. Immutable and safe to share between threads.
 */
public final class BatchMaker {
  private final RolloutGenerator generator;
  private final Window window;
  private final DiscStyle style;

  private BatchMaker(RolloutGenerator generator, Window window, DiscStyle style) {
    this.generator = generator.withFrames(window.rolloutFrames());
    this.window = window;
    this.style = style;
  }

  /** Batches whose frames are drawn here. */
  public static BatchMaker ofFrames(RolloutGenerator generator, Window window) {
    return new BatchMaker(generator, window, null);
  }

  /** Batches to train with on {@code backend}: of scenes if it can draw them, else of frames. */
  public static BatchMaker on(Backend backend, RolloutGenerator generator, Window window) {
    boolean draws = backend.discPainter().isPresent();
    return new BatchMaker(generator, window, draws ? style(generator.renderer()) : null);
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
    int resolution = generator.renderer().resolution();
    int colours = generator.renderer().frameLength() / (resolution * resolution);
    int length = style == null ? generator.rolloutLength() : generator.descriptionLength();
    float[] film = new float[length]; // one for all: memory is the cost of a batch
    Batch batch =
        Batch.empty(
            indices.length,
            resolution,
            colours,
            window,
            times,
            style,
            length / window.rolloutFrames());
    for (int n = 0; n < indices.length; n++) {
      if (style == null) {
        generator.render(indices[n], film, 0);
      } else {
        generator.describe(indices[n], film, 0);
      }
      batch.put(n, film);
    }
    return batch;
  }
}
