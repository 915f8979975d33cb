package hgn.tensor;

import java.util.Comparator;
import java.util.List;
import java.util.ServiceLoader;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Finds backends by name, or the fastest one that runs on this machine. */
public final class Backends {
  private static final Logger LOG = LoggerFactory.getLogger(Backends.class);
  private static final List<BackendProvider> PROVIDERS =
      ServiceLoader.load(BackendProvider.class, Backends.class.getClassLoader()).stream()
          .map(ServiceLoader.Provider::get)
          .sorted(Comparator.comparingInt(BackendProvider::priority).reversed())
          .collect(Collectors.toUnmodifiableList());
  private static Backend fastest;

  private Backends() {}

  /** All known backends in order of preference, whether or not they run on this machine. */
  public static List<BackendProvider> providers() {
    return PROVIDERS;
  }

  /**
   * The backend of that name; {@code auto} means the {@linkplain #fastest fastest}.
   *
   * @throws IllegalArgumentException if there is no such backend
   * @throws UnsupportedOperationException if this machine cannot run it
   */
  public static Backend get(String name) {
    if (name.equals("auto")) {
      return fastest();
    }
    return PROVIDERS.stream()
        .filter(provider -> provider.name().equals(name))
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "no backend is called '" + name + "'; there are " + names() + " and auto"))
        .get();
  }

  private static String names() {
    return PROVIDERS.stream().map(BackendProvider::name).collect(Collectors.joining(", "));
  }

  /**
   * Returns the preferred backend that this machine can run. Logs once why a faster one is not
   * used, unless its device is missing.
   */
  public static synchronized Backend fastest() {
    if (fastest == null) {
      fastest = findFastest();
    }
    return fastest;
  }

  private static Backend findFastest() {
    for (BackendProvider provider : PROVIDERS) {
      try {
        return provider.get();
      } catch (DeviceNotFoundException absent) {
        LOG.debug("backend '{}' is not used: {}", provider.name(), absent.getMessage());
      } catch (UnsupportedOperationException reason) {
        LOG.warn("backend '{}' is not used: {}", provider.name(), reason.getMessage());
      }
    }
    throw new UnsupportedOperationException("no backend runs on this machine; known: " + names());
  }
}
