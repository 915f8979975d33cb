package hgn.tensor;

/** Makes a backend available to {@link Backends}; registered as a service. */
public interface BackendProvider {
  /** The backend's {@link Backend#name}. */
  String name();

  /** Backends of higher priority are preferred if the user names none. */
  int priority();

  /**
   * Returns the backend, the same object at every call.
   *
   * @throws UnsupportedOperationException if this machine cannot run it; the message says why and
   *     what would help
   */
  Backend get();
}
