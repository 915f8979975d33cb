package hgn.autograd;

import hgn.tensor.Tensor;
import java.util.Arrays;

/**
 * Records operations, per thread. The tape keeps no list of them: each {@link Var} refers to its
 * inputs, and unreachable variables are garbage-collected.
 */
public final class Tape {
  private static final ThreadLocal<Tape> CURRENT = ThreadLocal.withInitial(Tape::new);
  private static final TapeObserver NO_OBSERVER = new TapeObserver() {};

  private boolean recording = true;
  private TapeObserver observer = NO_OBSERVER;
  private long nodes;
  private long visits;

  private Tape() {}

  /** Whether this thread records its operations. */
  public static boolean isRecording() {
    return CURRENT.get().recording;
  }

  /** Number of operations that this thread has recorded so far. */
  public static long recordedNodes() {
    return CURRENT.get().nodes;
  }

  /** Number of variables that gradients on this thread have visited so far. */
  public static long visitedNodes() {
    return CURRENT.get().visits;
  }

  static void visited(int count) {
    CURRENT.get().visits += count;
  }

  /** Stops recording on this thread until the result is closed. */
  public static Mode pause() {
    return new Mode(CURRENT.get(), false);
  }

  /** Records on this thread, even if recording was paused, until the result is closed. */
  public static Mode resume() {
    return new Mode(CURRENT.get(), true);
  }

  /** Notifies {@code observer} of what this thread records, until the result is closed. */
  public static Observation observe(TapeObserver observer) {
    return new Observation(CURRENT.get(), observer);
  }

  static TapeObserver observer() {
    return CURRENT.get().observer;
  }

  /**
   * Returns the result of an operation. It keeps only the edges whose input is differentiable. With
   * no such edge, or while recording is paused, it is a constant.
   *
   * @param op name for messages
   * @param value the computed value
   * @param edges the inputs, each with its pullback
   */
  public static Var record(String op, Tensor value, Edge... edges) {
    Tape tape = CURRENT.get();
    Edge[] kept = tape.keep(edges);
    return kept.length == 0 ? Var.constant(value) : tape.recorded(Var.computed(op, value, kept));
  }

  /**
   * Records an operation whose value is not stored because it is fused with the next operation,
   * whose result is {@code like}. Neither its pullbacks nor those of the next operation may use the
   * value.
   */
  public static Var recordFused(String op, Tensor like, Edge... edges) {
    Tape tape = CURRENT.get();
    return tape.recorded(Var.fusedAway(op, like, tape.keep(edges)));
  }

  private Var recorded(Var y) {
    observer.recorded(y);
    return y;
  }

  private Edge[] keep(Edge[] edges) {
    if (!recording) {
      return new Edge[0];
    }
    Edge[] kept =
        Arrays.stream(edges).filter(e -> e.input().isDifferentiable()).toArray(Edge[]::new);
    if (kept.length > 0) {
      nodes++;
    }
    return kept;
  }

  /** Restores the previous recording state when closed. */
  public static final class Mode implements AutoCloseable {
    private final Tape tape;
    private final boolean before;

    private Mode(Tape tape, boolean recording) {
      this.tape = tape;
      this.before = tape.recording;
      tape.recording = recording;
    }

    @Override
    public void close() {
      tape.recording = before;
    }
  }

  /** Restores the previous observer when closed. */
  public static final class Observation implements AutoCloseable {
    private final Tape tape;
    private final TapeObserver before;

    private Observation(Tape tape, TapeObserver observer) {
      this.tape = tape;
      this.before = tape.observer;
      tape.observer = observer;
    }

    @Override
    public void close() {
      tape.observer = before;
    }
  }
}
