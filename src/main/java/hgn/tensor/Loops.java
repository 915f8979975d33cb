package hgn.tensor;

import java.util.Arrays;

/**
 * The axes of a broadcast operation as loops over the result. Neighbouring axes are merged where
 * every operand either advances or stays along both. The four innermost loops run natively; unused
 * ones have one iteration. Any further loops run {@linkplain #forEach here}.
 */
public final class Loops {
  /** Number of loops that run natively. */
  public static final int DEPTH = 4;

  /** Runs the native loops, starting at these elements. */
  public interface Body {
    void run(long[] operands, long result);
  }

  private final long[] sizes;
  private final long[][] strides;
  private int used;

  private Loops(int rank, int operands) {
    sizes = new long[Math.max(rank, DEPTH)];
    strides = new long[operands][Math.max(rank, DEPTH)];
    Arrays.fill(sizes, 1);
  }

  /** Returns the loops over {@code result}; the operands have been expanded to its rank. */
  public static Loops of(Shape result, Shape... operands) {
    Loops loops = new Loops(result.rank(), operands.length);
    long[] elements = new long[operands.length];
    Arrays.fill(elements, 1);
    for (int axis = result.rank() - 1; axis >= 0; axis--) {
      loops.addOutside(result, operands, axis, elements);
    }
    if (loops.used == 0) {
      Arrays.stream(loops.strides).forEach(stride -> stride[0] = 1);
    }
    return loops;
  }

  private void addOutside(Shape result, Shape[] operands, int axis, long[] elements) {
    int size = result.dim(axis);
    if (size == 1) {
      return;
    }
    boolean joins = used > 0;
    for (int i = 0; joins && i < operands.length; i++) {
      joins = (operands[i].dim(axis) == size) == (strides[i][used - 1] != 0);
    }
    if (joins) {
      sizes[used - 1] *= size;
    } else {
      sizes[used] = size;
    }
    for (int i = 0; i < operands.length; i++) {
      boolean advances = operands[i].dim(axis) == size;
      if (!joins) {
        strides[i][used] = advances ? elements[i] : 0;
      }
      elements[i] *= advances ? size : 1;
    }
    used += joins ? 0 : 1;
  }

  /** Iterations of loop {@code level}, counted from the outermost. */
  public long size(int level) {
    return sizes[DEPTH - 1 - level];
  }

  /** Elements that an operand advances by in each iteration of that loop. */
  public long stride(int operand, int level) {
    return strides[operand][DEPTH - 1 - level];
  }

  /** Whether there are no loops outside of the native ones. */
  public boolean fitNatively() {
    return used <= DEPTH;
  }

  /** Calls {@code body} for every iteration of the loops outside the native ones. */
  public void forEach(Body body) {
    long inner = 1;
    for (int loop = 0; loop < DEPTH; loop++) {
      inner *= sizes[loop];
    }
    long turns = 1;
    for (int loop = DEPTH; loop < used; loop++) {
      turns *= sizes[loop];
    }
    for (long turn = 0; turn < turns; turn++) {
      body.run(operandsAt(turn), turn * inner);
    }
  }

  private long[] operandsAt(long turn) {
    long[] elements = new long[strides.length];
    long rest = turn;
    for (int loop = DEPTH; loop < used; loop++) {
      for (int i = 0; i < elements.length; i++) {
        elements[i] += rest % sizes[loop] * strides[i][loop];
      }
      rest /= sizes[loop];
    }
    return elements;
  }
}
