package hgn.safetensors;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hgn.tensor.Shape;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SafetensorsRoundTripTest {
  @TempDir Path folder;

  @Test
  void valuesComeBackBitForBit() {
    float[] floats = {1.5f, -0.0f, Float.MIN_VALUE, Float.NaN, Float.NEGATIVE_INFINITY, 3e38f};
    double[] doubles = {Math.PI, -0.0, Double.MIN_VALUE};
    long[] longs = {Long.MIN_VALUE, -1, 0, Long.MAX_VALUE};
    Path file = folder.resolve("all.safetensors");
    new SafetensorsWriter()
        .metadata("what", "caf\u00e9 \"quoted\"\n")
        .put("f", Shape.of(2, 3), floats)
        .put("d", Shape.of(3, 1), doubles)
        .put("i", Shape.of(4), longs)
        .put("scalar", Shape.SCALAR, new float[] {7})
        .write(file);

    try (SafetensorsFile read = SafetensorsFile.open(file)) {
      assertEquals(Map.of("what", "caf\u00e9 \"quoted\"\n"), read.metadata());
      assertEquals(List.of("d", "i", "f", "scalar"), List.copyOf(read.tensors().keySet()));
      assertArrayEquals(floats, read.floats("f"));
      assertArrayEquals(doubles, read.doubles("d"));
      assertArrayEquals(longs, read.longs("i"));
      assertArrayEquals(new double[] {7}, read.doubles("scalar"));
      assertEquals(Shape.of(2, 3), read.entry("f").shape());
      assertEquals(Shape.SCALAR, read.entry("scalar").shape());
      assertEquals(3e38f, read.doubles("f")[5]);
    }
  }

  @Test
  void bytesAreExactlyTheFormat() throws IOException {
    Path file = folder.resolve("exact.safetensors");
    new SafetensorsWriter()
        .put("b", Shape.of(2), new long[] {1, -1})
        .put("a", Shape.of(1), new float[] {1})
        .metadata("k", "v")
        .write(file);

    String json =
        "{\"__metadata__\":{\"k\":\"v\"},"
            + "\"b\":{\"dtype\":\"I64\",\"shape\":[2],\"data_offsets\":[0,16]},"
            + "\"a\":{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[16,20]}}";
    String padded = json + " ".repeat((8 - json.length() % 8) % 8);
    ByteBuffer expected =
        ByteBuffer.allocate(8 + padded.length() + 20).order(ByteOrder.LITTLE_ENDIAN);
    expected.putLong(padded.length()).put(padded.getBytes(StandardCharsets.UTF_8));
    expected.putLong(1).putLong(-1).putFloat(1);
    assertArrayEquals(expected.array(), Files.readAllBytes(file));
  }

  @Test
  void theOrderOfCallsDoesNotMatter() throws IOException {
    Path one = folder.resolve("one");
    Path two = folder.resolve("two");
    float[] a = {1, 2, 3};
    double[] b = {4};
    new SafetensorsWriter()
        .metadata("x", "1")
        .metadata("y", "2")
        .put("a", Shape.of(3), a)
        .put("b", Shape.of(1), b)
        .write(one);
    new SafetensorsWriter()
        .put("b", Shape.of(1), b)
        .put("a", Shape.of(3), a)
        .metadata("y", "2")
        .metadata("x", "1")
        .write(two);
    assertArrayEquals(Files.readAllBytes(one), Files.readAllBytes(two));
  }

  @Test
  void nothingButTheFileStaysInTheFolder() throws IOException {
    Path file = folder.resolve("only.safetensors");
    Files.writeString(folder.resolve(".only.safetensors.tmp"), "left by a killed run");
    Files.writeString(file, "old");
    new SafetensorsWriter().put("a", Shape.of(1), new float[] {2}).write(file);
    try (var files = Files.list(folder)) {
      assertEquals(List.of(file), files.toList());
    }
  }

  @Test
  void anEmptyFileIsValid() {
    Path file = folder.resolve("empty.safetensors");
    new SafetensorsWriter().write(file);
    try (SafetensorsFile read = SafetensorsFile.open(file)) {
      assertTrue(read.tensors().isEmpty());
      assertTrue(read.metadata().isEmpty());
    }
  }

  @Test
  void namesAndCountsAreChecked() {
    SafetensorsWriter writer = new SafetensorsWriter().put("a", Shape.of(1), new float[] {2});
    assertThrows(
        IllegalArgumentException.class, () -> writer.put("a", Shape.of(1), new float[] {2}));
    assertThrows(
        IllegalArgumentException.class,
        () -> writer.put("__metadata__", Shape.of(1), new float[] {2}));
    assertThrows(
        IllegalArgumentException.class, () -> writer.put("b", Shape.of(3), new float[] {2}));
  }
}
