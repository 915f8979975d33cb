package hgn.testing.backends;

import hgn.tensor.Backend;
import hgn.tensor.Conv2dGeometry;
import hgn.tensor.Precision;
import hgn.tensor.Tensor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.util.stream.Stream;

/**
 * A backend that delegates to another one, but whose convolutions are as far off as those of sound
 * tensor units may be in the configured precision, unless they are to be exact.
 */
public final class RoundingBackend {
  private RoundingBackend() {}

  public static Backend over(Backend backend) {
    return (Backend)
        Proxy.newProxyInstance(
            Backend.class.getClassLoader(),
            new Class<?>[] {Backend.class},
            (proxy, method, arguments) -> {
              try {
                Object result = method.invoke(backend, arguments);
                if (method.getName().startsWith("conv2d") && !isExact(arguments)) {
                  Tensor y = (Tensor) arguments[arguments.length - 1];
                  backend.affine(y, 1 + error(), 0, y);
                }
                return result;
              } catch (InvocationTargetException failure) {
                throw failure.getCause();
              }
            });
  }

  private static boolean isExact(Object... arguments) {
    return Stream.of(arguments)
        .anyMatch(one -> one instanceof Conv2dGeometry geometry && geometry.exact());
  }

  private static double error() {
    return switch (Precision.configured()) {
      case FP32 -> 0;
      case TF32 -> 0x1p-10;
      case BF16 -> 0x1p-8;
    };
  }
}
