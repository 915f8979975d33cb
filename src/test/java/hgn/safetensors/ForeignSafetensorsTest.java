package hgn.safetensors;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hgn.tensor.Arena;
import hgn.tensor.Backends;
import hgn.tensor.DType;
import hgn.tensor.Shape;
import hgn.tensor.Tensor;
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
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Whole files that other programs wrote. */
class ForeignSafetensorsTest {
  /** Written by the Python package safetensors 0.8.0. */
  private static final Path BY_PYTHON =
      Path.of("src/test/resources/safetensors/by-python.safetensors");

  @TempDir Path folder;

  @Test
  void floatsOfEveryWidthAreReadExactly() {
    try (SafetensorsFile file = SafetensorsFile.open(BY_PYTHON)) {
      assertEquals(Map.of("format", "pt", "by", "another program"), file.metadata());
      float[] half = {1, -2.5f, 65504, 0x1p-24f, -0f, 0x5.54p-4f};
      assertArrayEquals(half, file.floats("half"));
      float[] brain = {1, -2.5f, 0x1.c2p127f, 0x1p-133f, -0f, 0x1.54p-2f};
      assertArrayEquals(brain, file.floats("brain"));
      assertEquals(0x1p-24, file.doubles("half")[3]);
      assertEquals(3.25, file.onlyDouble("double"));
      assertArrayEquals(new double[] {1.5, -1}, file.doubles("single"));
      assertArrayEquals(new long[] {7, -7}, file.longs("long"));
      assertEquals(Shape.of(3, 2), file.entry("brain").shape());
      for (DType dtype : DType.values()) {
        try (Arena arena = Arena.open("test")) {
          Tensor into = Tensor.full(Backends.get("jvm"), dtype, Shape.of(2, 3), 9);
          file.read("half", into);
          assertArrayEquals(half, into.toFloats());
        }
      }
    }
  }

  @ParameterizedTest
  @CsvSource({
    "3c00, 1", "bc00, -1", "7bff, 65504", "0001, 0x1p-24", "03ff, 0x3ffp-24", "0400, 0x1p-14",
        "0401, 0x401p-24",
    "3555, 0x555p-12", "8000, -0", "0000, 0", "7c00, Infinity", "fc00, -Infinity", "7e00, NaN",
        "8001, -0x1p-24"
  })
  void halfFloatsAreThoseOfIeee(String bits, String value) {
    short half = (short) Integer.parseInt(bits, 16);
    float expected =
        value.contains("0x")
            ? Float.parseFloat(value.contains("p") ? value : value + "p0")
            : Float.parseFloat(value);
    assertEquals(expected, HalfFloats.ofHalf(half));
  }

  @ParameterizedTest
  @CsvSource({
    "int, I32",
    "byte, U8",
    "truth, BOOL",
    "eighth, F8_E4M3",
    "eighth too, F8_E5M2",
    "unsigned, U64",
    "complex, C64"
  })
  void otherTypesAreRefusedByName(String name, String type) {
    try (SafetensorsFile file = SafetensorsFile.open(BY_PYTHON)) {
      assertRefused(
          () -> file.doubles(name), "tensor '" + name + "' has type " + type + ", expected floats");
      assertRefused(
          () -> file.longs(name), "tensor '" + name + "' has type " + type + ", expected integers");
    }
  }

  @ParameterizedTest
  @CsvSource({"empty, '[0, 3]'", "empty too, '[2, 0]'"})
  void emptyTensorsHarmOnlyThoseWhoReadThem(String name, String shape) {
    try (SafetensorsFile file = SafetensorsFile.open(BY_PYTHON)) {
      assertTrue(file.tensors().get(name).isEmpty());
      assertRefused(
          () -> file.doubles(name), "tensor '" + name + "' of shape " + shape + " is empty");
      assertRefused(() -> file.onlyLong(name), "is empty");
    }
  }

  @Test
  void moreThanOneNumberIsNotOne() {
    try (SafetensorsFile file = SafetensorsFile.open(BY_PYTHON)) {
      assertRefused(
          () -> file.onlyLong("long"), "tensor 'long' has shape (2), expected one number");
      assertRefused(() -> file.onlyDouble("half"), "has shape (2,3)");
    }
  }

  /** Other orders of keys and tensors, no tensors, no metadata, and headers that are filled up. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "{'a':{'data_offsets':[0,4],'shape':[1],'dtype':'F32'}}",
        "{'b':{'shape':[0],'dtype':'I8','data_offsets':[4,4]},'a':{'dtype':'F32','shape':[1],'data_offsets':[0,4]}}",
        "{'a':{'dtype':'F32','shape':[],'data_offsets':[0,4]},'__metadata__':{'x':'y'}}",
        "{'__metadata__':null,'a':{'dtype':'F32','shape':[1,1],'data_offsets':[0,4]}}        ",
        "{'__metadata__':{},\n 'a':{'dtype':'F32','shape':[1],'data_offsets':[0,4]}}\n\t ",
      })
  void headersOfOtherWritersAreRead(String json) throws IOException {
    byte[] head = json.replace('\'', '"').getBytes(StandardCharsets.UTF_8);
    ByteBuffer bytes = ByteBuffer.allocate(12 + head.length).order(ByteOrder.LITTLE_ENDIAN);
    bytes.putLong(head.length).put(head).putFloat(2.5f);
    Path made = Files.write(folder.resolve("made.safetensors"), bytes.array());
    try (SafetensorsFile file = SafetensorsFile.open(made)) {
      assertEquals(2.5, file.onlyDouble("a"));
    }
  }

  @Test
  void numbersThatAreNotFiniteAreCounted() {
    Path made = folder.resolve("nan.safetensors");
    new SafetensorsWriter()
        .put("w", Shape.of(4), new float[] {1, Float.NaN, Float.NEGATIVE_INFINITY, 2})
        .write(made);
    try (SafetensorsFile file = SafetensorsFile.open(made)) {
      assertRefused(() -> file.requireFinite("w"), "tensor 'w': 2 of 4 numbers are not finite");
    }
  }

  private static void assertRefused(org.junit.jupiter.api.function.Executable call, String part) {
    String message = assertThrows(CheckpointException.class, call).getMessage();
    assertTrue(message.contains(part), message);
    assertFalse(message.contains("damaged"), message);
    assertEquals(List.of(message), message.lines().toList());
  }
}
