package hgn.cli.console;

import java.lang.reflect.Proxy;

/**
 * Terminates the virtual machine at once on the next Ctrl-C or termination request. Without this,
 * it ignores these signals during shutdown, and a user who does not want to wait could only kill
 * it.
 *
 * <p>Signals are accessed by reflection, since their class exists in current JDKs but is not
 * guaranteed.
 */
final class SecondInterruption {
  private static final String[] SIGNALS = {"INT", "TERM"};

  /**
   * Signals in so short a time count as one: {@code timeout} and batch systems send theirs to the
   * process and again to its group. A hang-up is never a second interruption: a terminal that is
   * closed sends several.
   */
  private static final long ONE_REQUEST = 300_000_000L;

  /** Offset of the exit code of a process ended by a signal. */
  private static final int BY_SIGNAL = 128;

  private SecondInterruption() {}

  /** Installs the handlers. Does nothing if there are no such signals. */
  static void endsAtOnce() {
    for (String name : SIGNALS) {
      try {
        handle(name);
      } catch (ReflectiveOperationException | RuntimeException unavailable) {
        // the first interruption continues and ends by itself
      }
    }
  }

  private static void handle(String name) throws ReflectiveOperationException {
    Class<?> type = Class.forName("sun.misc.Signal");
    Class<?> handler = Class.forName("sun.misc.SignalHandler");
    Object signal = type.getConstructor(String.class).newInstance(name);
    long first = System.nanoTime();
    int status = BY_SIGNAL + (int) type.getMethod("getNumber").invoke(signal);
    Object halt =
        Proxy.newProxyInstance(
            SecondInterruption.class.getClassLoader(),
            new Class<?>[] {handler},
            (proxy, method, arguments) -> {
              if (method.getDeclaringClass() == handler) {
                if (System.nanoTime() - first < ONE_REQUEST) {
                  return null;
                }
                Runtime.getRuntime().halt(status);
              }
              return method.invoke(signal, arguments); // hashCode and the like
            });
    type.getMethod("handle", type, handler).invoke(null, signal, halt);
  }
}
