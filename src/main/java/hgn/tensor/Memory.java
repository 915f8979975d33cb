package hgn.tensor;

/** A block of a backend's memory; {@link MemoryPool} alone frees it. */
public interface Memory {
  /** Capacity in bytes. */
  long bytes();

  /** Releases the block; called once. */
  void free();
}
