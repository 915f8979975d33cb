package hgn.films.output;

import hgn.frames.RolloutGenerator;

/** Writes rollouts in a format. */
public interface RolloutWriter {
  /** Receives progress. */
  @FunctionalInterface
  interface Listener {
    /** Called when this many rollouts are written. */
    void written(int rollouts);
  }

  /**
   * Writes rollouts 0 to {@code count - 1}.
   *
   * @throws hgn.files.StorageException if a file cannot be written; earlier files remain
   */
  void write(RolloutGenerator rollouts, int count, Listener listener);
}
