package hgn.tensor;

import java.util.List;

/** Makes a backend available to {@link Backends}; registered as a service. */
public interface BackendProvider {
  /** The backend's {@link Backend#name}. */
  String name();

  /** Backends of higher priority are preferred if the user names none. */
  int priority();

  /** What is known of the backend even where it does not run, in lines. */
  default List<String> details() {
    return List.of();
  }

  /**
   * Returns the backend, the same object at every call.
   *
   * @throws UnsupportedOperationException if this machine cannot run it; the message says why and
   *     what would help
   */
  Backend get();
}
