package hgn.tensor;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/**
 * Owns tensors and frees them together, at a known point of the program.
 *
 * <p>A new tensor belongs to the innermost arena of its thread. {@code try (Arena step =
 * Arena.open("step"))} frees everything that the step allocated; a tensor that should live longer
 * is {@linkplain #keep kept} by the enclosing arena, or allocated while a longer-lived arena is
 * {@linkplain #enter entered}. An arena is used by one thread at a time.
 */
public final class Arena implements AutoCloseable {
  private static final ThreadLocal<Deque<Arena>> STACK = ThreadLocal.withInitial(ArrayDeque::new);

  private final String name;
  private final List<Tensor> tensors = new ArrayList<>();
  private boolean scoped;
  private boolean closed;

  /** Creates an arena that receives no tensors until it is {@linkplain #enter entered}. */
  public Arena(String name) {
    this.name = name;
  }

  /** Opens a new arena, the innermost of this thread until it is closed. */
  public static Arena open(String name) {
    Arena arena = new Arena(name);
    arena.scoped = true;
    STACK.get().push(arena);
    return arena;
  }

  /** While the result is open, tensors that this thread allocates belong to this arena. */
  public Entered enter() {
    requireOpen();
    STACK.get().push(this);
    return new Entered(this);
  }

  /**
   * The innermost arena of this thread.
   *
   * @throws IllegalStateException if none is open
   */
  public static Arena current() {
    Arena innermost = STACK.get().peek();
    if (innermost == null) {
      throw new IllegalStateException(
          "[arena] no arena is open on thread "
              + Thread.currentThread().getName()
              + "; allocate tensors within try (Arena a = Arena.open(...))");
    }
    return innermost;
  }

  /**
   * Moves a tensor of this arena to the enclosing arena, so that it outlives this one. A tensor
   * that belongs to another arena stays where it is. For a view, its base is moved.
   */
  public void keep(Tensor tensor) {
    Tensor base = tensor.base();
    if (base.arena() == this) {
      Arena outer = enclosing();
      remove(base);
      outer.add(base);
    }
  }

  /** Whether the memory behind {@code tensor} belongs to this arena. */
  public boolean owns(Tensor tensor) {
    return tensor.base().arena() == this;
  }

  private Arena enclosing() {
    boolean found = false;
    for (Arena arena : STACK.get()) {
      if (found && arena != this) {
        return arena;
      }
      found |= arena == this;
    }
    throw new IllegalStateException(
        "[arena] " + name + " has no arena around it on this thread to keep a tensor");
  }

  void add(Tensor tensor) {
    requireOpen();
    tensor.attach(this, tensors.size());
    tensors.add(tensor);
  }

  void remove(Tensor tensor) {
    int slot = tensor.slot();
    Tensor last = tensors.remove(tensors.size() - 1);
    if (last != tensor) {
      tensors.set(slot, last);
      last.attach(this, slot);
    }
  }

  private void requireOpen() {
    if (closed) {
      throw new IllegalStateException("[arena] " + name + " is closed already; open a new one");
    }
  }

  /** Number of tensors that this arena owns. */
  public int size() {
    return tensors.size();
  }

  /** Name for messages. */
  public String name() {
    return name;
  }

  /**
   * Frees every tensor of this arena.
   *
   * @throws IllegalStateException if it is already closed or still entered, or if arenas within it
   *     are still open
   */
  @Override
  public void close() {
    requireOpen();
    requireLeft();
    if (scoped) {
      leave();
    }
    for (int i = tensors.size() - 1; i >= 0; i--) {
      tensors.get(i).free("arena '" + name + "' was closed");
    }
    tensors.clear();
    closed = true;
  }

  private void requireLeft() {
    long entries = STACK.get().stream().filter(arena -> arena == this).count();
    if (entries > (scoped ? 1 : 0)) {
      throw new IllegalStateException(
          "[arena] " + name + " is still entered; leave it before closing it");
    }
  }

  private void leave() {
    Deque<Arena> stack = STACK.get();
    if (stack.peek() != this) {
      throw new IllegalStateException(
          "[arena] "
              + name
              + " is not the innermost arena of this thread; close in reverse order of opening");
    }
    stack.pop();
  }

  /** Leaves the arena that was entered, without closing it. */
  public static final class Entered implements AutoCloseable {
    private final Arena arena;

    private Entered(Arena arena) {
      this.arena = arena;
    }

    @Override
    public void close() {
      arena.leave();
    }
  }
}
