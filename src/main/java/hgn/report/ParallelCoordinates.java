package hgn.report;

import hgn.images.Drawing;
import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.geom.Path2D;
import java.awt.image.BufferedImage;
import java.nio.file.Path;
import java.util.List;

/** Parallel coordinates: an upright axis for each quantity, and a line through all for each run. */
public final class ParallelCoordinates {
  private static final int GAP = 150;
  private static final int HEIGHT = 320;
  private static final int MARGIN = 70;
  private static final int GAP_OF_WORDS = 5;
  private static final Color BEHIND_WORDS = new Color(0xff, 0xff, 0xff, 0xc8);
  private static final float THIN = 1.4f;
  private static final float THICK = 3.2f;
  private static final Color AXIS = new Color(0x88, 0x88, 0x88);
  private static final Color OTHER = new Color(0x1f, 0x5f, 0xa8, 0x90);
  private static final Color BEST = new Color(0xd0, 0x3a, 0x1e);

  /**
   * An axis.
   *
   * @param name below the axis
   * @param ticks words and the heights that they stand at, from 0 to 1
   */
  public record Axis(String name, List<Tick> ticks) {}

  /** A word on an axis. */
  public record Tick(double height, String word) {}

  private final List<Axis> axes;
  private final List<double[]> runs;
  private final int best;

  /**
   * A drawing.
   *
   * @param runs heights on all axes, from 0 to 1; NaN leaves a line out
   * @param best index of the run that is drawn last, in red; -1 for none
   */
  public ParallelCoordinates(List<Axis> axes, List<double[]> runs, int best) {
    this.axes = List.copyOf(axes);
    this.runs = List.copyOf(runs);
    this.best = best;
  }

  /** Writes it as a PNG. */
  public void write(Path file) {
    Drawing.write(file, this::draw);
  }

  private BufferedImage draw() {
    Captions captions = Captions.beside(108);
    int bottom = MARGIN / 2 + HEIGHT;
    Canvas canvas =
        new Canvas(2 * MARGIN + (axes.size() - 1) * GAP, bottom + 3 * captions.height());
    Graphics2D g = canvas.image().createGraphics();
    g.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
    for (int run = 0; run < runs.size(); run++) {
      if (run != best) {
        line(g, runs.get(run), THIN, OTHER);
      }
    }
    if (best >= 0) {
      line(g, runs.get(best), THICK, BEST);
    }
    g.setStroke(new BasicStroke(1));
    g.setColor(AXIS);
    for (int a = 0; a < axes.size(); a++) {
      g.drawLine(x(a), MARGIN / 2, x(a), bottom);
    }
    for (int a = 0; a < axes.size(); a++) {
      for (Tick tick : axes.get(a).ticks()) {
        int left = x(a) + GAP_OF_WORDS;
        int baseline = y(tick.height()) + captions.ascent() / 2 - 1;
        g.setColor(BEHIND_WORDS);
        int width = captions.width(tick.word());
        g.fillRect(left - 1, baseline - captions.ascent(), width + 2, captions.height());
        captions.draw(canvas.image(), tick.word(), left, baseline, 0);
      }
      captions.draw(canvas.image(), axes.get(a).name(), x(a), bottom + 2 * captions.height(), 0.5);
    }
    g.dispose();
    return canvas.image();
  }

  private void line(Graphics2D g, double[] heights, float width, Color colour) {
    Path2D path = new Path2D.Double();
    for (int a = 0; a < heights.length; a++) {
      if (Double.isNaN(heights[a])) {
        return;
      }
      if (a == 0) {
        path.moveTo(x(a), y(heights[a]));
      } else {
        path.lineTo(x(a), y(heights[a]));
      }
    }
    g.setColor(colour);
    g.setStroke(new BasicStroke(width, BasicStroke.CAP_ROUND, BasicStroke.JOIN_ROUND));
    g.draw(path);
  }

  private static int x(int axis) {
    return MARGIN + axis * GAP;
  }

  private static int y(double height) {
    return (int) Math.round(MARGIN / 2.0 + (1 - height) * HEIGHT);
  }
}
