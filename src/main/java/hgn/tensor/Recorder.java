package hgn.tensor;

/**
 * Records work on a device and repeats it with one call: what the device does is the same, but
 * nothing of it passes through this program again.
 */
public interface Recorder {
  /**
   * Records what {@code work} queues, without doing it.
   *
   * <p>The work reads and writes the same memory at every repetition: what it takes from outside
   * must stay alive as long as the recording, and what changes from one repetition to the next must
   * be written there before. All tensors that it allocates it must free; their memory stays
   * reserved.
   *
   * @throws IllegalStateException if the work waits for a result, uploads, or leaves a tensor
   */
  Recording record(Runnable work);

  /** Work that can be repeated. */
  interface Recording extends AutoCloseable {
    /** Queues all of the work once. */
    void replay();

    /** Gives back the memory that was reserved; what is queued is done first. */
    @Override
    void close();
  }
}
