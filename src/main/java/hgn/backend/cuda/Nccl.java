package hgn.backend.cuda;

/**
 * The functions of {@code native/nccl/nccl.cpp}. The device's context must be current on the
 * calling thread, and NCCL loaded. A failure is an {@link IllegalStateException} with what NCCL
 * says. Nothing is checked here.
 */
final class Nccl {
  private Nccl() {}

  /** Loads NCCL from a file and returns its version, as 22103 for 2.21.3. */
  static native int load(String file);

  /** The identity of a new group. */
  static native byte[] newId();

  /** Joins a group once all {@code size} ranks do. */
  static native long join(byte[] id, int rank, int size);

  /** Queues an exchange of floats at these addresses, of which either number may be 0. */
  static native void exchange(
      long group, int partner, long mine, long count, long theirs, long expected, long stream);

  /** Throws if an exchange that was queued has failed. */
  static native void check(long group);

  /** Leaves a group, as all its ranks do. */
  static native void leave(long group);

  /** Leaves a group whose exchanges have failed. */
  static native void abort(long group);
}
