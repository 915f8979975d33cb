package hgn.explore;

import java.io.IOException;
import java.io.InputStream;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;

/**
 * The files of the page, which lie in the jar. Only names of these forms are looked up, so that no
 * address reaches anything else.
 */
final class Assets {
  private static final String FOLDER = "/explore/";
  private static final Pattern NAME =
      Pattern.compile("index\\.html|[a-z-]+\\.css|js/[a-z-]+\\.js|vendor/[A-Za-z0-9.-]+");
  private static final Map<String, String> TYPES =
      Map.of(
          "html", "text/html; charset=utf-8",
          "css", "text/css; charset=utf-8",
          "js", "text/javascript; charset=utf-8",
          "txt", "text/plain; charset=utf-8",
          "svg", "image/svg+xml");

  private final Map<String, Reply> read = new ConcurrentHashMap<>();

  /** Returns the file of that name, relative to the page; empty if there is none. */
  Optional<Reply> find(String name) {
    String file = name.isEmpty() ? "index.html" : name;
    if (!NAME.matcher(file).matches() || file.contains("..")) {
      return Optional.empty();
    }
    return Optional.ofNullable(read.computeIfAbsent(file, Assets::load));
  }

  private static Reply load(String file) {
    String type = TYPES.get(file.substring(file.lastIndexOf('.') + 1));
    try (InputStream in = type == null ? null : Assets.class.getResourceAsStream(FOLDER + file)) {
      return in == null ? null : Reply.file(type, in.readAllBytes());
    } catch (IOException unreadable) {
      throw new IllegalStateException("[explore] cannot read " + file + " in the jar", unreadable);
    }
  }
}
