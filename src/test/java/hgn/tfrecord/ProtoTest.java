package hgn.tfrecord;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.google.protobuf.CodedInputStream;
import com.google.protobuf.CodedOutputStream;
import com.google.protobuf.WireFormat;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Arrays;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

/** The wire format, compared with Google's library. */
class ProtoTest {
  @Property(tries = 200)
  void fieldsAreWrittenAsGoogleWritesThemAndReadBack(
      @ForAll @IntRange(min = 1, max = 100_000) int field,
      @ForAll long integer,
      @ForAll double wide,
      @ForAll float number,
      @ForAll String text)
      throws IOException {
    ProtoWriter ours = new ProtoWriter();
    ours.write(field, integer);
    ours.write(field, wide);
    ours.write(field, number);
    ours.write(field, text);
    ours.writeAlone(wide);
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    CodedOutputStream theirs = CodedOutputStream.newInstance(bytes);
    theirs.writeInt64(field, integer);
    theirs.writeDouble(field, wide);
    theirs.writeFloat(field, number);
    theirs.writeByteArray(field, text.getBytes(java.nio.charset.StandardCharsets.UTF_8));
    theirs.writeDoubleNoTag(wide);
    theirs.flush();
    assertArrayEquals(bytes.toByteArray(), ours.toBytes());

    ProtoReader in = new ProtoReader(ours.toBytes());
    assertEquals(field, ProtoReader.field(in.tag()));
    assertEquals(integer, in.integer());
    in.skip(in.tag());
    in.tag();
    assertEquals(number, in.number());
    assertEquals(ProtoReader.lengthTag(field), in.tag());
    assertEquals(CodedInputStream.newInstance(text.getBytes("UTF-8")).isAtEnd(), text.isEmpty());
    assertArrayEquals(text.getBytes("UTF-8"), in.bytes());
  }

  /** Any bytes are passed over as Google's library does, or refused as it does. */
  @Property(tries = 2000)
  void anyBytesAreRefusedOrPassedOver(@ForAll @Size(max = 40) byte[] bytes) {
    String theirs;
    try {
      CodedInputStream in = CodedInputStream.newInstance(bytes);
      StringBuilder fields = new StringBuilder();
      for (int tag = in.readTag(); tag != 0; tag = in.readTag()) {
        int type = WireFormat.getTagWireType(tag);
        if (type == WireFormat.WIRETYPE_START_GROUP || type == WireFormat.WIRETYPE_END_GROUP) {
          throw new IOException("groups are not read");
        }
        in.skipField(tag);
        fields.append(tag).append(' ');
      }
      theirs = fields.toString();
    } catch (IOException refused) {
      theirs = "refused";
    }
    String ours;
    try {
      ProtoReader in = new ProtoReader(bytes);
      StringBuilder fields = new StringBuilder();
      for (int tag = in.tag(); tag != 0; tag = in.tag()) {
        in.skip(tag);
        fields.append(tag).append(' ');
      }
      ours = fields.toString();
    } catch (IOException refused) {
      ours = "refused";
    }
    assertEquals(theirs, ours, () -> Arrays.toString(bytes));
  }

  @Test
  void aLengthBeyondTheEndIsRefusedBeforeMemoryIsTaken() {
    for (byte[] bytes :
        new byte[][] {
          {10, (byte) 0xff, (byte) 0xff, (byte) 0xff, (byte) 0xff, 7},
          {10, -1, -1, -1, -1, -1, -1, -1, -1, -1, 1},
          {10, 5, 1, 2},
          {9, 1, 2, 3}
        }) {
      ProtoReader in = new ProtoReader(bytes);
      assertThrows(
          IOException.class,
          () -> {
            if ((in.tag() & 7) == ProtoReader.LENGTH) {
              in.bytes();
            } else {
              in.skip(9);
            }
          });
    }
  }
}
