package hgn.safetensors;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hgn.tensor.Shape;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SafetensorsDamageTest {
  @TempDir Path folder;

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "[]                                                             | not a JSON object",
        "{'a':                         | not valid JSON",
        "{} {}                                                          | not valid JSON",
        "{'a':1}                                                        | 'a' is not described",
        "{'a':{'dtype':'F32','shape':[1],'data_offsets':[0,4]}}         | truncated: 0 of 4",
        "{'a':{'dtype':'BF16','shape':[1],'data_offsets':[0,2]}}        | truncated: 0 of 2",
        "{'a':{'dtype':'F7','shape':[1],'data_offsets':[0,2]}}          | dtype \"F7\"",
        "{'a':{'dtype':'F32','data_offsets':[0,4]}}                     | no shape",
        "{'a':{'dtype':'F32','shape':[1]}}                              | no pair of data_offsets",
        "{'a':{'dtype':'F32','shape':[1],'data_offsets':[0,4,8]}}       | no pair of data_offsets",
        "{'a':{'dtype':'F32','shape':[1],'data_offsets':[0,4],'z':1}}   | unknown property 'z'",
        "{'a':{'dtype':'F32','shape':[2],'data_offsets':[0,4]}}         | needs 8 bytes",
        "{'a':{'dtype':'F32','shape':[1],'data_offsets':[4,0]}}         | needs 4 bytes",
        "{'a':{'dtype':'F32','shape':[-1],'data_offsets':[0,4]}}        | the dimension -1",
        "{'a':{'dtype':'F32','shape':[1.0],'data_offsets':[0,4]}}       | the dimension 1.0",
        "{'a':{'dtype':'F32','shape':[0],'data_offsets':[0,4]}}         | needs 0 bytes",
        "{'a':{'dtype':'F4','shape':[3],'data_offsets':[0,1]}}          | needs 2 bytes",
        "{'a':{'dtype':'F32','shape':[65536,65536],'data_offsets':[0,4]}} | above 2^31",
        "{'a':{'dtype':'F32','shape':[1],'data_offsets':[0,1e400]}}     | the data offset",
        "{'a':{'dtype':'F32','shape':[1],'data_offsets':[4,8]}}         | there is a gap",
        "{'__metadata__':{'k':1}}                                       | 'k' is not a string",
        "{'__metadata__':[]}                                            | not an object",
      })
  void malformedHeadersAreNamed(String json, String problem) throws IOException {
    assertProblem(file(json.replace('\'', '"'), 0), problem);
  }

  @Test
  void overlapAndTrailingBytesAreNamed() throws IOException {
    String tensor = "{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[0,4]}";
    assertProblem(file("{\"a\":" + tensor + ",\"b\":" + tensor + "}", 4), "tensors overlap");
    assertProblem(file("{\"a\":" + tensor + ",\"a\":" + tensor + "}", 4), "not valid JSON");
    assertProblem(file("{\"a\":" + tensor + "}", 7), "3 bytes follow");
  }

  @Test
  void encodingsOtherThanUtf8AreNamed() throws IOException {
    Path file = file("{}", 0);
    byte[] bytes = Files.readAllBytes(file);
    bytes[8] = (byte) 0xff;
    Files.write(file, bytes);
    assertProblem(file, "not UTF-8");
  }

  @Test
  void filesThatAreNoneAreNamed() throws IOException {
    assertProblem(folder.resolve("absent.safetensors"), "no such file");
    assertProblem(folder, "not a file");
    assertProblem(Files.write(folder.resolve("short"), new byte[7]), "fewer than 8");
    byte[] foreign = "PK\3\4 this is some zip archive".getBytes(StandardCharsets.UTF_8);
    assertProblem(Files.write(folder.resolve("foreign"), foreign), "header should have");
  }

  @Test
  void everyTruncationIsNoticed() throws IOException {
    Path file = folder.resolve("whole.safetensors");
    new SafetensorsWriter()
        .put("a", Shape.of(2, 2), new float[4])
        .put("b", Shape.of(3), new double[3])
        .write(file);
    byte[] whole = Files.readAllBytes(file);
    for (int length = 0; length < whole.length; length++) {
      Path cut = Files.write(folder.resolve("cut"), Arrays.copyOf(whole, length));
      assertProblem(cut, "");
    }
  }

  @Test
  void aFileCutWhileOpenIsNoticed() throws IOException {
    Path file = folder.resolve("open.safetensors");
    new SafetensorsWriter().put("a", Shape.of(4), new float[4]).write(file);
    byte[] whole = Files.readAllBytes(file);
    try (SafetensorsFile open = SafetensorsFile.open(file)) {
      Files.write(file, Arrays.copyOf(whole, whole.length - 1));
      assertThrows(CheckpointException.class, () -> open.floats("a"));
    }
  }

  @Test
  void wrongNamesAndTypesAreNamed() {
    Path file = folder.resolve("types.safetensors");
    new SafetensorsWriter()
        .put("encoder.weight", Shape.of(1), new double[1])
        .put("step", Shape.of(1), new long[1])
        .write(file);
    try (SafetensorsFile open = SafetensorsFile.open(file)) {
      assertMessage(() -> open.doubles("encoder.wieght"), "nearest is 'encoder.weight'");
      assertMessage(() -> open.floats("encoder.weight"), "type F64, expected 32-bit floats");
      assertMessage(() -> open.doubles("step"), "type I64, expected floats");
      assertMessage(() -> open.longs("encoder.weight"), "type F64, expected integers");
    }
  }

  private Path file(String json, int dataBytes) throws IOException {
    byte[] head = json.getBytes(StandardCharsets.UTF_8);
    ByteBuffer bytes =
        ByteBuffer.allocate(8 + head.length + dataBytes).order(ByteOrder.LITTLE_ENDIAN);
    bytes.putLong(head.length).put(head);
    return Files.write(folder.resolve("made.safetensors"), bytes.array());
  }

  private static void assertProblem(Path file, String problem) {
    String message =
        assertThrows(CheckpointException.class, () -> SafetensorsFile.open(file)).getMessage();
    assertTrue(message.contains(problem), message);
    assertTrue(message.contains(file.toString()), message);
    assertFalse(message.contains("\n"), message);
    assertEquals(3, message.split("[:;] ", 3).length, message);
  }

  private static void assertMessage(org.junit.jupiter.api.function.Executable call, String part) {
    String message = assertThrows(CheckpointException.class, call).getMessage();
    assertTrue(message.contains(part), message);
  }
}
