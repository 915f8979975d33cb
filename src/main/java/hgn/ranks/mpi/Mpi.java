package hgn.ranks.mpi;

import java.nio.ByteBuffer;

/**
 * The functions of {@code native/mpi/ranks.cpp}. One thread calls them all; none waits, except for
 * the first and the last. A failure of MPI is an {@link IllegalStateException}. Nothing is checked
 * here.
 */
final class Mpi {
  private Mpi() {}

  /** Joins the other processes; returns this one's rank and their number. */
  static native int[] init();

  /** Name and version of the MPI library. */
  static native String library();

  /** Begins an exchange of bytes of two direct buffers with a rank; one is under way at a time. */
  static native void exchange(
      int partner, ByteBuffer mine, int from, int count, ByteBuffer theirs, int into, int expected);

  /** Whether the last exchange is done. */
  static native boolean isDone();

  /** Sends a note to a rank; returns false, and sends none, while the last one is under way. */
  static native boolean send(int rank, byte[] note);

  /** Whether the last note to a rank has left. */
  static native boolean isSent(int rank);

  /** The next note of a rank, or null if none has arrived. */
  static native byte[] hear(int rank);

  /** Leaves the other processes, which do the same. */
  static native void finish();

  /** Ends all processes; may not return. */
  static native void abort(int code);
}
