package hgn.frames;

/** The renderers by name. */
public final class Renderers {
  private Renderers() {}

  /**
   * The renderer {@code name} ("published" or "smooth") for square frames of {@code resolution}
   * pixels a side.
   *
   * @throws IllegalArgumentException if there is no such renderer
   */
  public static Renderer byName(String name, int resolution) {
    return switch (name) {
      case PublishedRenderer.NAME -> new PublishedRenderer(resolution);
      case SmoothRenderer.NAME -> new SmoothRenderer(resolution);
      default ->
          throw new IllegalArgumentException(
              "[frames] renderer: '%s' is unknown; valid: %s, %s"
                  .formatted(name, PublishedRenderer.NAME, SmoothRenderer.NAME));
    };
  }
}
