package hgn.frames;

import java.util.List;

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
              "[frames] renderer: '%s' is unknown; valid: %s"
                  .formatted(name, String.join(", ", NAMES)));
    };
  }
}
