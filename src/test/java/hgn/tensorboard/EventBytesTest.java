package hgn.tensorboard;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import hgn.tfrecord.RecordFrame;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import org.junit.jupiter.api.Test;

/** Events against those that {@code make.py} has laid out by hand. */
class EventBytesTest {
  private static final double TIME = 1700000000.25;

  private static byte[] reference() throws IOException {
    try (InputStream in =
        EventBytesTest.class.getResourceAsStream("/tensorboard/reference.tfevents")) {
      return in.readAllBytes();
    }
  }

  @Test
  void eventsAreTheReferencesByteByByte() throws IOException {
    byte[] png = new byte[130];
    for (int i = 0; i < png.length; i++) {
      png[i] = (byte) i;
    }
    float tiny = Math.scalb(1f, -45);
    float[] numbers = {-2, -tiny, 0, -0f, 0.25f, Float.NaN, 3, Float.NEGATIVE_INFINITY};
    Summary text = new Summary().text("configuration", "    train:\n      steps: 300\n");
    Summary values =
        new Summary()
            .scalar("train/loss", 0.1)
            .scalar("train/none", Double.NaN)
            .image("test clip", 2, 3, png)
            .histogram("gradient/decoder", new HistogramBuckets().add(numbers));
    ByteArrayOutputStream file = new ByteArrayOutputStream();
    write(file, Event.version(TIME));
    write(file, Event.start(TIME, 1));
    write(file, Event.summary(TIME, 1, text));
    write(file, Event.summary(TIME + 0.5, 300, values));
    assertArrayEquals(reference(), file.toByteArray());
  }

  private static void write(ByteArrayOutputStream file, byte[] event) throws IOException {
    file.write(RecordFrame.of(event).array());
  }

  @Test
  void theStepIsReadBack() throws IOException {
    assertEquals(0, Event.step(Event.version(TIME)));
    assertEquals(1L << 40, Event.step(Event.start(TIME, 1L << 40)));
    assertThrows(IOException.class, () -> Event.step(new byte[] {(byte) 0xff}));
  }
}
