package hgn.trace;

/**
 * A timed event.
 *
 * @param kind kind of event
 * @param name name of the operation or the phase
 * @param start in nanoseconds, from an arbitrary origin
 * @param end in nanoseconds
 * @param bytes size of all tensors that an operation reads or writes; 0 for other events
 */
record Event(Kind kind, String name, long start, long end, long bytes) {
  /** Kinds of events. */
  enum Kind {
    /** A call of the backend. */
    OPERATION,
    /** A backward pass over the tape, within a phase. */
    GRADIENT,
    /** A part of the work, or all of it. */
    PHASE
  }
}
