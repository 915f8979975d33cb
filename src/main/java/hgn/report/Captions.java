package hgn.report;

import hgn.images.Lettering;
import java.awt.Color;
import java.awt.Font;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.font.FontRenderContext;
import java.awt.font.LineMetrics;
import java.awt.image.BufferedImage;
import java.util.Optional;

/**
 * The captions of a picture. Letters are filled as outlines, since the settings by which a machine
 * shows them on its screen then do not matter. Where no letters can be drawn there are none, and
 * the picture is otherwise the same.
 */
final class Captions {
  private static final Color INK = new Color(0x33, 0x33, 0x33);
  private static final FontRenderContext CONTEXT = new FontRenderContext(null, true, true);

  private final Optional<Font> font;
  private final int ascent;
  private final int descent;

  private Captions(int size) {
    font = Lettering.font(size);
    Optional<LineMetrics> line = font.map(found -> found.getLineMetrics("Hg", CONTEXT));
    ascent = (int) Math.ceil(line.map(LineMetrics::getAscent).orElse(0.93f * size));
    descent = (int) Math.ceil(line.map(LineMetrics::getDescent).orElse(0.24f * size));
  }

  /** Captions beside frames of {@code cell} pixels. */
  static Captions beside(int cell) {
    return new Captions(Math.max(11, Math.min(18, cell / 9)));
  }

  int ascent() {
    return ascent;
  }

  int descent() {
    return descent;
  }

  int height() {
    return ascent + descent;
  }

  int width(String text) {
    return (int) Math.ceil(font.map(found -> advance(found, text)).orElse(0.0));
  }

  private static double advance(Font font, String text) {
    return font.createGlyphVector(CONTEXT, text).getLogicalBounds().getWidth();
  }

  /**
   * Writes {@code text} with its baseline's left end, middle or right end ({@code align} 0, 0.5, 1)
   * at (x, y).
   */
  void draw(BufferedImage image, String text, int x, int y, double align) {
    if (font.isEmpty()) {
      return;
    }
    Graphics2D g = image.createGraphics();
    g.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
    g.setColor(INK);
    float left = Math.round(x - align * advance(font.get(), text));
    g.fill(font.get().createGlyphVector(CONTEXT, text).getOutline(left, y));
    g.dispose();
  }
}
