package hgn.tensorboard;

import hgn.images.Png;
import java.awt.image.BufferedImage;

/**
 * TensorFlow's {@code Summary}: values, each under a tag, in its repeated field 1. Scalars, images
 * and histograms are of the kinds that every version of TensorBoard reads.
 */
public final class Summary {
  private static final int VALUE = 1;
  private static final int TAG = 1;
  private static final int SCALAR = 2;
  private static final int IMAGE = 4;
  private static final int HISTOGRAM = 5;
  private static final int TENSOR = 8;
  private static final int METADATA = 9;
  private static final int RGB = 3;
  private static final int STRING = 7;

  private final Message message = new Message();

  Message message() {
    return message;
  }

  private Summary add(String tag, int kind, Message value) {
    message.put(VALUE, new Message().put(TAG, tag).put(kind, value));
    return this;
  }

  /** A number, as a float. */
  public Summary scalar(String tag, double value) {
    message.put(VALUE, new Message().put(TAG, tag).put(SCALAR, (float) value));
    return this;
  }

  /** A picture, as PNG. */
  public Summary image(String tag, BufferedImage picture) {
    return image(tag, picture.getHeight(), picture.getWidth(), Png.bytes(picture));
  }

  /** A picture that is coded already: height, width, channels and bytes are fields 1 to 4. */
  Summary image(String tag, long height, long width, byte[] png) {
    return add(
        tag, IMAGE, new Message().put(1, height).put(2, width).put(3, (long) RGB).put(4, png));
  }

  /** How numbers are distributed. */
  public Summary histogram(String tag, HistogramBuckets buckets) {
    return add(tag, HISTOGRAM, buckets.message());
  }

  /**
   * Markdown. A tensor of one string (field 1 the type, 2 the shape, 8 the string), which the
   * metadata (field 1 the plug-in, field 1 of which is its name) hand to the dashboard of texts.
   */
  public Summary text(String tag, String markdown) {
    Message shape = new Message().put(2, new Message().put(1, 1L));
    Message tensor = new Message().put(1, (long) STRING).put(2, shape).put(8, markdown);
    Message metadata = new Message().put(1, new Message().put(1, "text"));
    Message value = new Message().put(TAG, tag).put(METADATA, metadata).put(TENSOR, tensor);
    message.put(VALUE, value);
    return this;
  }
}
