package hgn.trace;

import hgn.tensor.Backend;
import hgn.tensor.DiscPainter;
import hgn.tensor.RolloutKernel;
import hgn.tensor.Tensor;
import hgn.tensor.UpsampledConvKernel;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.lang.reflect.RecordComponent;
import java.util.List;
import java.util.Optional;

/**
 * A backend that delegates every call to another one and times those that work on tensors.
 *
 * <p>It implements interfaces by reflection, so that new backend operations are traced without
 * changes here. Calls of the kernels for fused rollouts and upsampled convolutions are timed too.
 * It waits for each call to finish, and offers no recorder. This slows a device down, but measures
 * each operation's own time.
 */
public final class TracedBackend implements InvocationHandler {
  private final Object target;
  private final String prefix;
  private final Backend backend;
  private final Trace trace;

  private TracedBackend(Object target, String prefix, Backend backend, Trace trace) {
    this.target = target;
    this.prefix = prefix;
    this.backend = backend;
    this.trace = trace;
  }

  /** Wraps {@code backend} so that its operations go into {@code trace} while that records. */
  public static Backend of(Backend backend, Trace trace) {
    return proxy(Backend.class, new TracedBackend(backend, "", backend, trace));
  }

  private static <T> T proxy(Class<T> type, InvocationHandler handler) {
    return type.cast(Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, handler));
  }

  @Override
  public Object invoke(Object self, Method method, Object[] arguments) throws Throwable {
    return switch (method.getName()) {
      case "equals" -> self == arguments[0];
      case "recorder" -> Optional.empty();
      case "rollouts" -> kernel(method, RolloutKernel.class, "rollout ");
      case "upsampledConvolutions" ->
          kernel(method, UpsampledConvKernel.class, "upsampled convolution ");
      case "discPainter" -> kernel(method, DiscPainter.class, "");
      default -> isOperation(method) ? timed(method, arguments) : call(method, arguments);
    };
  }

  /** Returns the kernel offered by a no-argument method, wrapped for timing. */
  private <T> Optional<T> kernel(Method method, Class<T> type, String name) throws Throwable {
    Optional<?> offered = (Optional<?>) call(method, null);
    return offered.map(kernel -> proxy(type, new TracedBackend(kernel, name, backend, trace)));
  }

  private static boolean isOperation(Method method) {
    return method.getReturnType() == void.class && method.getParameterCount() > 0;
  }

  private Object timed(Method method, Object[] arguments) throws Throwable {
    if (!trace.isRecording()) {
      return call(method, arguments);
    }
    long start = System.nanoTime();
    Object nothing = call(method, arguments);
    backend.await();
    trace.operation(prefix + method.getName(), start, System.nanoTime(), bytes(arguments));
    return nothing;
  }

  private Object call(Method method, Object[] arguments) throws Throwable {
    try {
      return method.invoke(target, arguments);
    } catch (InvocationTargetException thrown) {
      throw thrown.getCause();
    }
  }

  /** Bytes of all tensors among the arguments, including those in lists and records. */
  private static long bytes(Object... arguments) throws ReflectiveOperationException {
    long bytes = 0;
    for (Object argument : arguments) {
      if (argument instanceof Tensor tensor) {
        bytes += tensor.shape().count() * tensor.dtype().bytes();
      } else if (argument instanceof List<?> list) {
        bytes += bytes(list.toArray());
      } else if (argument instanceof Record record) {
        for (RecordComponent part : record.getClass().getRecordComponents()) {
          bytes += bytes(part.getAccessor().invoke(record));
        }
      }
    }
    return bytes;
  }
}
