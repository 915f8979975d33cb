package hgn.peer;

import java.util.function.Supplier;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;

/**
 * Gives libtorch's tensors back as soon as they go out of use, as C++ and Python do by counting
 * references. Java's collector, which sees only their small handles, would let gigabytes pile up.
 */
final class Scope {
  private Scope() {}

  /**
   * What {@code work} returns, which the scope around this call owns from there on; every other
   * handle that it made is given back.
   *
   * @param work returns a handle that owns its tensor: not that of an operation in place, which
   *     only refers to another
   */
  static Tensor only(Supplier<Tensor> work) {
    PointerScope outer = PointerScope.getInnerScope();
    try (PointerScope inner = new PointerScope()) {
      Tensor result = work.get();
      outer.attach(result);
      return result;
    }
  }

  /** A number that no scope gives back, even if one is open when it is made. */
  static Scalar constant(double value) {
    return new Scalar(value).retainReference();
  }
}
