package hgn.tensor;

/**
 * Records work on a device and replays it with one call. The device does the same work, without the
 * cost of queueing it again.
 */
public interface Recorder {
  /**
   * Records what {@code work} queues, without executing it.
   *
   * <p>Every replay reads and writes the same memory: the inputs of the work must live as long as
   * the recording, and values that change between replays must be written to them before the
   * replay. The work must free all tensors that it allocates; their memory stays reserved.
   *
   * @throws IllegalStateException if the work waits for a result, uploads, or leaves a tensor
   *     allocated
   */
  Recording record(Runnable work);

  /** Work that can be replayed. */
  interface Recording extends AutoCloseable {
    /** Queues the recorded work once. */
    void replay();

    /** Number of kernels, copies and fills that a replay runs. */
    long operations();

    /** Releases the reserved memory once the queued work is done. */
    @Override
    void close();
  }
}
