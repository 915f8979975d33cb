package hgn.tensor;

/** A block of a backend's memory; {@link MemoryPool} alone frees it. */
public interface Memory {
  /** Capacity in bytes. */
  long bytes();

  /** Gives the block back to where it came from; called once. */
  void free();
}
