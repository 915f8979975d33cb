package hgn.report;

import hgn.files.AtomicFile;
import java.awt.Font;
import java.awt.FontMetrics;
import java.awt.image.BufferedImage;
import java.awt.image.DataBufferByte;
import java.awt.image.IndexColorModel;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageTypeSpecifier;
import javax.imageio.ImageWriter;
import javax.imageio.metadata.IIOInvalidTreeException;
import javax.imageio.metadata.IIOMetadata;
import javax.imageio.metadata.IIOMetadataNode;
import javax.imageio.stream.MemoryCacheImageOutputStream;

/**
 * Films side by side as an endless animated GIF, each under its label, with the time below. All
 * frames share one palette, so nothing flickers, and every frame replaces the whole picture.
 *
 * @param start time of frame 0 in seconds
 * @param dt time between frames in seconds, as shown
 * @param scale pixels of the picture for each pixel of a frame
 * @param pace time for which each frame is seen; above {@code dt} it is slow motion
 */
public record AnimatedGif(double start, double dt, int scale, double pace) {
  private static final int MARGIN = 12;
  private static final int GAP = 8;

  /** Browsers slow down GIFs whose delay is below two hundredths of a second. */
  private static final int LEAST_DELAY = 2;

  /** An animation in real time at six times the frames' size, beginning at t = 0. */
  public AnimatedGif(double dt) {
    this(0, dt, 6, Math.abs(dt));
  }

  /** Checks the layout. */
  public AnimatedGif {
    if (scale < 1) {
      throw new IllegalArgumentException(
          "[report] an animation at scale " + scale + "; it must be at least 1");
    }
  }

  /** Writes the films, which must agree in length and resolution. */
  public void write(Path file, List<Film> films) {
    Films.requireAlike(films);
    // Drawn twice, first for the palette, so that a long film need not be held in memory.
    MedianCut palette = palette(films);
    AtomicFile.writeStream(file, out -> encode(films, palette, out));
  }

  private BufferedImage draw(List<Film> films, int t) {
    int cell = films.get(0).resolution() * scale;
    Font font = Canvas.font(cell);
    FontMetrics metrics = Canvas.metrics(font);
    int top = MARGIN + metrics.getHeight();
    int bottom = top + cell + metrics.getHeight();
    var canvas = new Canvas(2 * MARGIN + films.size() * (cell + GAP) - GAP, bottom + MARGIN / 2);
    for (int i = 0; i < films.size(); i++) {
      int x = MARGIN + i * (cell + GAP);
      canvas.text(
          films.get(i).label(), font, x + cell / 2, top - GAP / 2 - metrics.getDescent(), 0.5);
      canvas.frame(films.get(i), t, x, top, scale);
    }
    String time = String.format(Locale.ROOT, "t = %.2f s", start + t * dt);
    canvas.text(time, font, MARGIN, bottom - metrics.getDescent() + GAP / 2, 0);
    return canvas.image();
  }

  private MedianCut palette(List<Film> films) {
    Map<Integer, Integer> counts = new HashMap<>();
    for (int t = 0; t < films.get(0).length(); t++) {
      int[] rgb = pixels(draw(films, t));
      for (int i = 0, run = 1; i < rgb.length; i++, run++) {
        if (i + 1 == rgb.length || rgb[i] != rgb[i + 1]) {
          counts.merge(rgb[i] & 0xFFFFFF, run, Integer::sum);
          run = 0;
        }
      }
    }
    return new MedianCut(counts);
  }

  private static int[] pixels(BufferedImage picture) {
    int width = picture.getWidth();
    return picture.getRGB(0, 0, width, picture.getHeight(), null, 0, width);
  }

  private static BufferedImage indexed(
      BufferedImage picture, MedianCut palette, IndexColorModel colours) {
    int[] rgb = pixels(picture);
    var image =
        new BufferedImage(
            picture.getWidth(), picture.getHeight(), BufferedImage.TYPE_BYTE_INDEXED, colours);
    byte[] data = ((DataBufferByte) image.getRaster().getDataBuffer()).getData();
    for (int i = 0; i < rgb.length; i++) {
      data[i] = i > 0 && rgb[i] == rgb[i - 1] ? data[i - 1] : palette.indexOf(rgb[i] & 0xFFFFFF);
    }
    return image;
  }

  private void encode(List<Film> films, MedianCut palette, OutputStream out) throws IOException {
    IndexColorModel colours = palette.colourModel();
    ImageWriter writer = ImageIO.getImageWritersByFormatName("gif").next();
    try (var stream = new MemoryCacheImageOutputStream(out)) {
      writer.setOutput(stream);
      writer.prepareWriteSequence(null);
      for (int t = 0; t < films.get(0).length(); t++) {
        BufferedImage picture = indexed(draw(films, t), palette, colours);
        // Not createFromRenderedImage: for an indexed image that names a standard palette, not the
        // image's own.
        var type = new ImageTypeSpecifier(picture);
        IIOMetadata metadata = writer.getDefaultImageMetadata(type, null);
        control(metadata, t == 0);
        writer.writeToSequence(new IIOImage(picture, null, metadata), null);
      }
      writer.endWriteSequence();
    } finally {
      writer.dispose();
    }
  }

  /** Sets the frame's delay, and before the first frame the endless loop. */
  private void control(IIOMetadata metadata, boolean first) throws IIOInvalidTreeException {
    var root = new IIOMetadataNode(metadata.getNativeMetadataFormatName());
    var control = new IIOMetadataNode("GraphicControlExtension");
    control.setAttribute("disposalMethod", "none");
    control.setAttribute("userInputFlag", "FALSE");
    control.setAttribute("transparentColorFlag", "FALSE");
    control.setAttribute("transparentColorIndex", "0");
    control.setAttribute("delayTime", Integer.toString(delay()));
    root.appendChild(control);
    if (first) {
      var loop = new IIOMetadataNode("ApplicationExtension");
      loop.setAttribute("applicationID", "NETSCAPE");
      loop.setAttribute("authenticationCode", "2.0");
      loop.setUserObject(new byte[] {1, 0, 0});
      var extensions = new IIOMetadataNode("ApplicationExtensions");
      extensions.appendChild(loop);
      root.appendChild(extensions);
    }
    metadata.mergeTree(metadata.getNativeMetadataFormatName(), root);
  }

  /** The delay in hundredths of a second. */
  private int delay() {
    return Math.max(LEAST_DELAY, (int) Math.round(100 * pace));
  }
}
