package hgn.doctor;

import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** This program's system properties; closing it brings back those that have changed since. */
final class SwitchesKept implements AutoCloseable {
  private static final String OURS = "hgn.";

  private final Map<String, String> before = now();

  private static Map<String, String> now() {
    Map<String, String> ours = new TreeMap<>();
    Set<String> names = System.getProperties().stringPropertyNames();
    names.stream()
        .filter(name -> name.startsWith(OURS))
        .forEach(name -> ours.put(name, System.getProperty(name)));
    return ours;
  }

  @Override
  public void close() {
    now().keySet().stream()
        .filter(name -> !before.containsKey(name))
        .forEach(System::clearProperty);
    before.forEach(System::setProperty);
  }
}
