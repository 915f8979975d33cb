package hgn.report;

import hgn.images.Drawing;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.geom.Ellipse2D;
import java.awt.image.BufferedImage;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;

/**
 * A picture of panels, two per row, each a square of the plane around the origin with a density or
 * points.
 */
public final class PlanePicture {
  private static final int SIDE = 360;
  private static final int MARGIN = 14;
  private static final int COLUMNS = 2;
  private static final double DOT = 2.4;
  private static final Color POINT = new Color(0x1f, 0x5f, 0xa8, 0xa0);

  private PlanePicture() {}

  /** A square with a caption. */
  public interface Panel {
    /** The caption. */
    String caption();

    /** Draws the panel into a square of {@code side} pixels at the origin of {@code g}. */
    void paint(Graphics2D g, int side);
  }

  /**
   * A density as an image.
   *
   * @param caption caption above the panel
   * @param values p on {@code cells} x {@code cells} squares, row by row from the top
   * @param most p of the darkest colour; the scale is linear
   */
  public static Panel density(String caption, int cells, double[] values, double most) {
    if (values.length != cells * cells) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT, "[report] %d values for %d x %d cells", values.length, cells, cells));
    }
    return new Density(caption, cells, values, most);
  }

  /**
   * Points as dots; points outside the square are omitted.
   *
   * @param reach half the side of the square in the plane's units
   * @param points x, y, x, y, ...
   */
  public static Panel points(String caption, double reach, double[] points) {
    return new Points(caption, reach, points);
  }

  private record Density(String caption, int cells, double[] values, double most) implements Panel {
    @Override
    public void paint(Graphics2D g, int side) {
      BufferedImage image = new BufferedImage(cells, cells, BufferedImage.TYPE_INT_RGB);
      for (int i = 0; i < values.length; i++) {
        image.setRGB(i % cells, i / cells, Heat.rgb(values[i] / most));
      }
      g.setRenderingHint(
          RenderingHints.KEY_INTERPOLATION, RenderingHints.VALUE_INTERPOLATION_BILINEAR);
      g.drawImage(image, 0, 0, side, side, null);
    }
  }

  private record Points(String caption, double reach, double[] points) implements Panel {
    @Override
    public void paint(Graphics2D g, int side) {
      g.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
      g.setColor(POINT);
      for (int i = 0; i < points.length; i += 2) {
        double x = (points[i] / reach + 1) / 2 * side;
        double y = (1 - points[i + 1] / reach) / 2 * side;
        if (x >= 0 && x < side && y >= 0 && y < side) {
          g.fill(new Ellipse2D.Double(x - DOT / 2, y - DOT / 2, DOT, DOT));
        }
      }
    }
  }

  /** Writes the panels as a PNG. */
  public static void write(Path file, List<Panel> panels) {
    Drawing.write(file, () -> draw(panels));
  }

  /** Draws the panels. */
  public static BufferedImage draw(List<Panel> panels) {
    Captions captions = Captions.beside(SIDE / 2);
    int columns = Math.min(COLUMNS, panels.size());
    int rows = (panels.size() + columns - 1) / columns;
    int cellHeight = captions.height() + SIDE + MARGIN;
    Canvas canvas = new Canvas(MARGIN + columns * (SIDE + MARGIN), MARGIN + rows * cellHeight);
    for (int i = 0; i < panels.size(); i++) {
      int x = MARGIN + i % columns * (SIDE + MARGIN);
      int top = MARGIN / 2 + i / columns * cellHeight;
      int y = top + captions.height() + MARGIN / 4;
      captions.draw(
          canvas.image(), panels.get(i).caption(), x + SIDE / 2, top + captions.ascent(), 0.5);
      Graphics2D g = canvas.image().createGraphics();
      g.translate(x, y);
      g.setClip(0, 0, SIDE, SIDE);
      panels.get(i).paint(g, SIDE);
      g.setColor(Color.LIGHT_GRAY);
      g.drawRect(0, 0, SIDE - 1, SIDE - 1);
      g.dispose();
    }
    return canvas.image();
  }

  /**
   * The centres of {@code cells} x {@code cells} squares, x, y, ..., in the order of {@link
   * #density}.
   */
  static double[] grid(double reach, int cells) {
    double[] points = new double[2 * cells * cells];
    for (int i = 0; i < cells * cells; i++) {
      points[2 * i] = reach * (2 * (i % cells + 0.5) / cells - 1);
      points[2 * i + 1] = reach * (1 - 2 * (i / cells + 0.5) / cells);
    }
    return points;
  }
}
