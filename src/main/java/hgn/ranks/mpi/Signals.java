package hgn.ranks.mpi;

/**
 * The functions of {@code native/mpi/signals.cpp}, in a library of its own: the virtual machine's
 * signal handlers, which an MPI may replace when it is loaded and when it starts.
 */
final class Signals {
  private Signals() {}

  /** Remembers the handlers, before MPI is loaded. */
  static native void keep();

  /** Puts them back. */
  static native void restore();
}
