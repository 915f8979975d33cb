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
   * Identities of the devices that this process may use, of which {@link #get} opens one; alike in
   * all processes. Empty if the backend has no devices of its own.
   *
   * @throws UnsupportedOperationException if they cannot be told
   */
  default List<String> devices() {
    return List.of();
  }

  /** Has {@link #get} open another device than the first; to be called before it. */
  default void choose(int device) {
    throw new UnsupportedOperationException("backend '" + name() + "' has no devices to choose");
  }

  /**
   * Returns the backend, the same object at every call.
   *
   * @throws UnsupportedOperationException if this machine cannot run it; the message says why and
   *     what would help
   */
  Backend get();
}
