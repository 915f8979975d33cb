package hgn.safetensors;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hgn.tensor.Shape;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import net.jqwik.api.lifecycle.AfterContainer;
import net.jqwik.api.lifecycle.BeforeContainer;

/** Damaged files are either read in full or rejected with a {@link CheckpointException}. */
class SafetensorsFuzzTest {
  private static Path folder;
  private static byte[] whole;
  private static int headerEnd;

  @BeforeContainer
  static void writeOne() throws IOException {
    folder = Files.createTempDirectory("fuzz");
    Path file = folder.resolve("whole");
    new SafetensorsWriter()
        .metadata("note", "what this is")
        .put("encoder.weight", Shape.of(3, 2), new float[] {1, 2, 3, 4, 5, 6})
        .put("lambda", Shape.SCALAR, new double[] {1.5})
        .put("step", Shape.of(2), new long[] {12, 13})
        .write(file);
    whole = Files.readAllBytes(file);
    headerEnd = whole.length - 6 * 4 - 8 - 16;
  }

  @AfterContainer
  static void clean() throws IOException {
    try (var files = Files.list(folder)) {
      for (Path file : files.toList()) {
        Files.delete(file);
      }
    }
    Files.delete(folder);
  }

  @Property(tries = 800)
  void flippedBits(@ForAll @Size(min = 1, max = 4) List<@IntRange(max = 1 << 20) Integer> bits)
      throws IOException {
    byte[] bytes = whole.clone();
    for (int bit : bits) {
      int place = bit % (headerEnd * 8);
      bytes[place / 8] ^= (byte) (1 << place % 8);
    }
    readAll(bytes);
  }

  @Property(tries = 500)
  void replacedBytes(
      @ForAll @IntRange(max = 1 << 20) int place, @ForAll @Size(min = 1, max = 12) byte[] patch)
      throws IOException {
    byte[] bytes = whole.clone();
    int at = place % (headerEnd - patch.length);
    System.arraycopy(patch, 0, bytes, at, patch.length);
    readAll(bytes);
  }

  @Property(tries = 300)
  void cutAndFlipped(@ForAll @IntRange(max = 1 << 20) int length, @ForAll byte flip)
      throws IOException {
    byte[] bytes = Arrays.copyOf(whole, 1 + length % (whole.length - 1));
    bytes[bytes.length / 2] ^= flip;
    assertTrue(bytes.length == whole.length || !readAll(bytes), "a cut file was accepted");
  }

  /** Whether the file was accepted; fails on any other exception. */
  private static boolean readAll(byte[] bytes) throws IOException {
    Path file = Files.write(folder.resolve("damaged"), bytes);
    try (SafetensorsFile open = SafetensorsFile.open(file)) {
      for (SafetensorsEntry entry : open.tensors().values()) {
        if (entry.type() == SafetensorsType.I64) {
          open.longs(entry.name());
        } else {
          open.doubles(entry.name());
        }
      }
      return true;
    } catch (CheckpointException refused) {
      assertTrue(refused.getMessage().contains(file.toString()));
      assertFalse(refused.getMessage().matches("(?s).*[\\p{Cntrl}].*"), refused.getMessage());
      return false;
    }
  }
}
