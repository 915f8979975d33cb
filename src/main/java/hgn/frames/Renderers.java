package hgn.frames;

import java.util.List;
import java.util.Locale;

/** The renderers by name. */
public final class Renderers {
  /** Names of all renderers. */
  public static final List<String> NAMES =
      List.of(PublishedRenderer.NAME, Table1Renderer.NAME, SmoothRenderer.NAME);

  private Renderers() {}

  /**
   * Returns the renderer of that name for square frames of {@code resolution} pixels per side.
   *
   * @throws IllegalArgumentException if there is no such renderer
   */
  public static Renderer byName(String name, int resolution) {
    return switch (name) {
      case PublishedRenderer.NAME -> new PublishedRenderer(resolution);
      case Table1Renderer.NAME -> new Table1Renderer(resolution);
      case SmoothRenderer.NAME -> new SmoothRenderer(resolution);
      default ->
          throw new IllegalArgumentException(
              String.format(
                  Locale.ROOT,
                  "[frames] renderer: '%s' is unknown; valid: %s",
                  name,
                  String.join(", ", NAMES)));
    };
  }
}
