package hgn.images;

import java.awt.image.BufferedImage;
import java.awt.image.DataBufferByte;
import java.awt.image.IndexColorModel;
import java.io.IOException;
import java.io.OutputStream;
import java.util.HashMap;
import java.util.Map;
import java.util.function.IntFunction;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageTypeSpecifier;
import javax.imageio.ImageWriter;
import javax.imageio.metadata.IIOInvalidTreeException;
import javax.imageio.metadata.IIOMetadata;
import javax.imageio.metadata.IIOMetadataNode;
import javax.imageio.stream.MemoryCacheImageOutputStream;

/**
 * A sequence of pictures as a looping animated GIF. All share one palette to avoid flicker, and
 * each replaces the whole previous picture.
 *
 * @param length number of pictures
 * @param pictures pictures by index; each is requested twice, first for the palette, so that a long
 *     film need not be in memory
 * @param delay duration of each picture, in hundredths of a second
 */
public record GifSequence(int length, IntFunction<BufferedImage> pictures, int delay) {
  private static final int LONGEST_DELAY = 65535;

  private MedianCut palette() {
    Map<Integer, Integer> counts = new HashMap<>();
    for (int t = 0; t < length; t++) {
      int[] rgb = pixels(pictures.apply(t));
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

  /** Writes the file. */
  public void write(OutputStream out) throws IOException {
    MedianCut palette = palette();
    IndexColorModel colours = palette.colourModel();
    ImageWriter writer = ImageIO.getImageWritersByFormatName("gif").next();
    try (var stream = new MemoryCacheImageOutputStream(out)) {
      writer.setOutput(stream);
      writer.prepareWriteSequence(null);
      for (int t = 0; t < length; t++) {
        BufferedImage picture = indexed(pictures.apply(t), palette, colours);
        // Not createFromRenderedImage: for an indexed image it uses a standard palette, not the
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

  /**
   * Sets the frame's delay, at most the longest that the format knows, and before the first frame
   * the endless loop.
   */
  private void control(IIOMetadata metadata, boolean first) throws IIOInvalidTreeException {
    var root = new IIOMetadataNode(metadata.getNativeMetadataFormatName());
    var control = new IIOMetadataNode("GraphicControlExtension");
    control.setAttribute("disposalMethod", "none");
    control.setAttribute("userInputFlag", "FALSE");
    control.setAttribute("transparentColorFlag", "FALSE");
    control.setAttribute("transparentColorIndex", "0");
    control.setAttribute("delayTime", Integer.toString(Math.min(delay, LONGEST_DELAY)));
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
}
