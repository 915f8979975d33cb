package hgn.films;

import java.awt.AlphaComposite;
import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.GradientPaint;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.geom.Ellipse2D;
import java.awt.geom.Line2D;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.SplittableRandom;
import java.util.zip.Deflater;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/**
 * Generates films without hgn4j's renderers: a rod pendulum with friction and its shadow on a
 * wooden wall, in 64x64 gray pixels, as seen by a camera. The equation of motion is theta'' = -(3 g
 * / 2 L) sin theta - c theta', L = 1 m, c = 0.15/s, integrated by small steps of RK4.
 *
 * <pre>
 * mvn test-compile
 * java -cp target/test-classes hgn.films.RodPendulum 16 45 src/test/resources/films/rod-pendulum.npz
 * </pre>
 */
public final class RodPendulum {
  private static final int SIZE = 64;
  private static final int FINE = 4;
  private static final double DT = 0.08;
  private static final double STIFFNESS = 1.5 * 9.81;
  private static final double FRICTION = 0.15;
  private static final int STEPS = 40;

  private RodPendulum() {}

  /** Arguments: number of films, number of frames, NumPy archive to write. */
  public static void main(String[] args) throws IOException {
    int films = Integer.parseInt(args[0]);
    int frames = Integer.parseInt(args[1]);
    byte[] all = new byte[films * frames * SIZE * SIZE];
    for (int n = 0; n < films; n++) {
      film(n, frames, all, n * frames * SIZE * SIZE);
    }
    try (OutputStream out = Files.newOutputStream(Path.of(args[2]));
        ZipOutputStream zip = new ZipOutputStream(out)) {
      zip.setLevel(Deflater.BEST_COMPRESSION);
      entry(zip, "films", "'|u1'", films + ", " + frames + ", " + SIZE + ", " + SIZE, all);
      ByteBuffer dt = ByteBuffer.allocate(Double.BYTES).order(ByteOrder.LITTLE_ENDIAN);
      entry(zip, "dt", "'<f8'", "", dt.putDouble(DT).array());
    }
  }

  private static void entry(
      ZipOutputStream zip, String name, String type, String shape, byte[] numbers)
      throws IOException {
    String header = "{'descr': " + type + ", 'fortran_order': False, 'shape': (" + shape + "), }\n";
    ByteBuffer start = ByteBuffer.allocate(10 + header.length()).order(ByteOrder.LITTLE_ENDIAN);
    start.put(new byte[] {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y', 1, 0});
    start.putShort((short) header.length()).put(header.getBytes(StandardCharsets.US_ASCII));
    zip.putNextEntry(new ZipEntry(name + ".npy"));
    zip.write(start.array());
    zip.write(numbers);
    zip.closeEntry();
  }

  private static void film(int number, int frames, byte[] all, int offset) {
    SplittableRandom random = new SplittableRandom(number);
    double angle = random.nextDouble(-2.4, 2.4);
    double rate = random.nextDouble(-2, 2);
    for (int t = 0; t < frames; t++) {
      byte[] frame = draw(angle);
      System.arraycopy(frame, 0, all, offset + t * frame.length, frame.length);
      for (int k = 0; k < STEPS; k++) {
        double h = DT / STEPS;
        double a1 = acceleration(angle, rate);
        double a2 = acceleration(angle + h / 2 * rate, rate + h / 2 * a1);
        double a3 = acceleration(angle + h / 2 * (rate + h / 2 * a1), rate + h / 2 * a2);
        double a4 = acceleration(angle + h * (rate + h / 2 * a2), rate + h * a3);
        angle += h * rate + h * h / 6 * (a1 + a2 + a3);
        rate += h / 6 * (a1 + 2 * a2 + 2 * a3 + a4);
      }
    }
  }

  private static double acceleration(double angle, double rate) {
    return -STIFFNESS * Math.sin(angle) - FRICTION * rate;
  }

  /** Drawn at four times the resolution and averaged, as a sensor does. */
  private static byte[] draw(double angle) {
    int large = SIZE * FINE;
    BufferedImage image = new BufferedImage(large, large, BufferedImage.TYPE_INT_RGB);
    wall(image);
    Graphics2D pen = image.createGraphics();
    pen.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
    double length = 0.34 * large;
    pen.translate(large / 2.0, 0.46 * large);
    pen.setComposite(AlphaComposite.getInstance(AlphaComposite.SRC_OVER, 0.35f));
    pen.translate(0.03 * large, 0.04 * large);
    rod(pen, angle, length, Color.BLACK, Color.BLACK);
    pen.translate(-0.03 * large, -0.04 * large);
    pen.setComposite(AlphaComposite.SrcOver);
    rod(pen, angle, length, new Color(235, 235, 240), new Color(120, 120, 130));
    pen.setColor(Color.DARK_GRAY);
    double pivot = 0.03 * large;
    pen.fill(new Ellipse2D.Double(-pivot, -pivot, 2 * pivot, 2 * pivot));
    pen.dispose();
    return averaged(image);
  }

  private static void wall(BufferedImage image) {
    for (int i = 0; i < image.getHeight(); i++) {
      for (int j = 0; j < image.getWidth(); j++) {
        double grain = Math.sin(0.05 * j + 1.5 * Math.sin(0.013 * i)) + 0.5 * Math.sin(0.31 * j);
        int level = (int) Math.round(110 + 9 * grain + 12.0 * i / image.getHeight());
        image.setRGB(j, i, level << 16 | level << 8 | level);
      }
    }
  }

  private static void rod(Graphics2D pen, double angle, double length, Color light, Color dark) {
    double x = length * Math.sin(angle);
    double y = length * Math.cos(angle);
    float width = (float) (0.16 * length);
    pen.setStroke(new BasicStroke(width, BasicStroke.CAP_ROUND, BasicStroke.JOIN_ROUND));
    pen.setPaint(new GradientPaint(0, 0, dark, (float) x, (float) y, light));
    pen.draw(new Line2D.Double(-0.2 * x, -0.2 * y, x, y));
  }

  private static byte[] averaged(BufferedImage image) {
    byte[] frame = new byte[SIZE * SIZE];
    for (int i = 0; i < SIZE; i++) {
      for (int j = 0; j < SIZE; j++) {
        int sum = 0;
        for (int k = 0; k < FINE * FINE; k++) {
          sum += image.getRGB(j * FINE + k % FINE, i * FINE + k / FINE) & 255;
        }
        frame[i * SIZE + j] = (byte) Math.round((float) sum / (FINE * FINE));
      }
    }
    return frame;
  }
}
