package hgn.cli.console;

import java.lang.reflect.Proxy;

/**
 * Ends the virtual machine at once at the next Ctrl-C or request to terminate. While it shuts down
 * it passes over those by itself, so a user who does not want to wait could only kill it.
 *
 * <p>Signals are reached by reflection: their class is in every JDK of today, but promised by none.
 */
final class SecondInterruption {
  private static final String[] SIGNALS = {"INT", "TERM"};

  /** What the exit code of a process that a signal ended adds to the signal's number. */
  private static final int BY_SIGNAL = 128;

  private SecondInterruption() {}

  /** From now on; where there are no such signals nothing changes. */
  static void endsAtOnce() {
    for (String name : SIGNALS) {
      try {
        handle(name);
      } catch (ReflectiveOperationException | RuntimeException unavailable) {
        // the first interruption has its way, and ends by itself
      }
    }
  }

  private static void handle(String name) throws ReflectiveOperationException {
    Class<?> type = Class.forName("sun.misc.Signal");
    Class<?> handler = Class.forName("sun.misc.SignalHandler");
    Object signal = type.getConstructor(String.class).newInstance(name);
    int status = BY_SIGNAL + (int) type.getMethod("getNumber").invoke(signal);
    Object halt =
        Proxy.newProxyInstance(
            SecondInterruption.class.getClassLoader(),
            new Class<?>[] {handler},
            (proxy, method, arguments) -> {
              if (method.getDeclaringClass() == handler) {
                Runtime.getRuntime().halt(status);
              }
              return method.invoke(signal, arguments); // hashCode and the like
            });
    type.getMethod("handle", type, handler).invoke(null, signal, halt);
  }
}
