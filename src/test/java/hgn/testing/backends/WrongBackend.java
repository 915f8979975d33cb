package hgn.testing.backends;

import hgn.tensor.Backend;
import hgn.tensor.Tensor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;

/** A backend that delegates to another one but computes wrong exponentials. */
public final class WrongBackend {
  private WrongBackend() {}

  public static Backend over(Backend backend) {
    return (Backend)
        Proxy.newProxyInstance(
            Backend.class.getClassLoader(),
            new Class<?>[] {Backend.class},
            (proxy, method, arguments) -> {
              try {
                Object result = method.invoke(backend, arguments);
                if (method.getName().equals("unary")) {
                  Tensor y = (Tensor) arguments[2];
                  backend.affine(y, 1, 0.01, y);
                }
                return result;
              } catch (InvocationTargetException failure) {
                throw failure.getCause();
              }
            });
  }
}
