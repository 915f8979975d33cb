package hgn.trace;

/**
 * Something that took time.
 *
 * @param kind of what it is
 * @param name of the operation or the phase
 * @param start in nanoseconds, from an arbitrary origin
 * @param end in nanoseconds
 * @param bytes of all tensors that an operation was given, to read or to write; 0 for others
 */
record Event(Kind kind, String name, long start, long end, long bytes) {
  /** What an event is. */
  enum Kind {
    /** A call of the backend. */
    OPERATION,
    /** A walk back over the tape, within a phase. */
    GRADIENT,
    /** A part of the work, or all of it. */
    PHASE
  }
}
