package hgn.run;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import hgn.files.AtomicFile;
import hgn.files.StorageException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Map;

/**
 * Metrics as lines of JSON, each starting with the step. Lines are written whole and unbuffered, so
 * that the file can be followed during training and survives a crash.
 *
 * <p>A resumed run truncates the file after the checkpoint's step and rewrites the rest. If only
 * reproducible numbers are logged, the result has the same bytes as that of an uninterrupted run on
 * the same threads and instruction set.
 */
public final class MetricsLog implements AutoCloseable {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String STEP = "step";

  private final Path file;
  private final FileChannel channel;

  private MetricsLog(Path file, long length) throws IOException {
    this.file = file;
    this.channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    channel.truncate(length);
    channel.position(length);
  }

  /**
   * Starts an empty log.
   *
   * @throws StorageException if the file cannot be written
   */
  public static MetricsLog create(Path file) {
    return open(file, 0);
  }

  /**
   * Continues a log after {@code step}: lines of later steps and an incomplete last line are
   * dropped. A missing file counts as empty.
   *
   * @throws StorageException if the file cannot be read and written
   */
  public static MetricsLog resume(Path file, long step) {
    if (!Files.exists(file)) {
      return create(file);
    }
    try {
      return open(file, lengthUpTo(step, Files.readAllBytes(file)));
    } catch (IOException error) {
      throw new StorageException(file, "cannot read", error);
    }
  }

  private static MetricsLog open(Path file, long length) {
    try {
      return new MetricsLog(file, length);
    } catch (IOException error) {
      throw new StorageException(file, "cannot write", error);
    }
  }

  /** Length in bytes of the leading complete lines whose step is at most {@code step}. */
  private static int lengthUpTo(long step, byte[] bytes) {
    int length = 0;
    for (int i = 0; i < bytes.length; i++) {
      if (bytes[i] == '\n') {
        String line = new String(bytes, length, i - length, StandardCharsets.UTF_8);
        if (!isUpTo(step, line)) {
          return length;
        }
        length = i + 1;
      }
    }
    return length;
  }

  private static boolean isUpTo(long step, String line) {
    try {
      JsonNode found = JSON.readTree(line).path(STEP);
      return found.isIntegralNumber() && found.longValue() <= step;
    } catch (JsonProcessingException damaged) {
      return false;
    }
  }

  /**
   * Appends one line: the step, then {@code values} in iteration order. Numbers that are not finite
   * are written as strings, since JSON has none.
   *
   * @throws StorageException if the line cannot be written
   */
  public void append(long step, Map<String, ? extends Number> values) {
    ObjectNode line = JSON.createObjectNode().put(STEP, step);
    values.forEach((name, value) -> put(line, name, value));
    try {
      byte[] text = (JSON.writeValueAsString(line) + "\n").getBytes(StandardCharsets.UTF_8);
      AtomicFile.writeAll(channel, ByteBuffer.wrap(text));
    } catch (IOException error) {
      throw new StorageException(file, "cannot write", error);
    }
  }

  private static void put(ObjectNode line, String name, Number value) {
    if (!Double.isFinite(value.doubleValue())) {
      line.put(name, value.toString());
    } else if (value instanceof Long || value instanceof Integer) {
      line.put(name, value.longValue());
    } else {
      line.put(name, value.doubleValue());
    }
  }

  @Override
  public void close() {
    try (channel) {
      channel.force(true);
    } catch (IOException error) {
      throw new StorageException(file, "cannot write", error);
    }
  }
}
