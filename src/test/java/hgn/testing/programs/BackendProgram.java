package hgn.testing.programs;

import hgn.tensor.Arena;
import hgn.tensor.Backend;
import hgn.tensor.Backends;
import hgn.tensor.DType;
import hgn.tensor.Shape;
import hgn.tensor.TensorOps;

/** Opens the backend that its argument names, adds up some numbers, says what it is, and waits. */
public final class BackendProgram {
  private BackendProgram() {}

  /** Prints the backend, or why there is none; ends when its input does. */
  public static void main(String[] args) throws Exception {
    try (Arena arena = Arena.open("program")) {
      Backend backend = Backends.get(args[0]);
      Shape shape = Shape.of(300, 300);
      var x = TensorOps.normal(backend, DType.FLOAT32, shape, 1, 1);
      TensorOps.matmul(x, false, x, false);
      System.out.println(backend.name() + ": " + backend.describe());
    } catch (UnsupportedOperationException refusal) {
      System.out.println("refused: " + refusal.getMessage());
    }
    System.in.read();
  }
}
