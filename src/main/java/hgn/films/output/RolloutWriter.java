package hgn.films.output;

import hgn.frames.RolloutGenerator;

/** Writes rollouts in a format. */
public interface RolloutWriter {
  /** Follows the writing. */
  @FunctionalInterface
  interface Listener {
    /** So many rollouts are on disk. */
    void written(int rollouts);
  }

  /**
   * Writes rollouts 0 to {@code count - 1}.
   *
   * @throws hgn.files.StorageException if a file cannot be written; those before it stay
   */
  void write(RolloutGenerator rollouts, int count, Listener listener);
}
