package hgn.safetensors;

import hgn.files.FileBytes;
import hgn.files.StorageException;
import hgn.tensor.DType;
import hgn.tensor.Tensor;
import hgn.text.Hints;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ShortBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.Map;
import java.util.SortedMap;

/**
 * Reads a safetensors file: 8 bytes of header length (little endian), the {@linkplain
 * SafetensorsHeader header}, the tensors' data. The header is read and checked on opening, a tensor
 * on request.
 */
public final class SafetensorsFile implements AutoCloseable {
  /** Metadata key of this program's file format. */
  public static final String FORMAT_KEY = "format";

  static final int PREFIX = 8;
  private static final long MAX_HEADER = 100_000_000;
  private static final String DAMAGED =
      "the file is damaged or not a checkpoint; use another one, such as best.safetensors";

  private static final String FOREIGN = "use a checkpoint that this program wrote";

  private final Path path;
  private final FileChannel channel;
  private final long dataStart;
  private final SafetensorsHeader header;

  private SafetensorsFile(Path path, FileChannel channel) throws IOException {
    this.path = path;
    this.channel = channel;
    long size = channel.size();
    if (size < PREFIX) {
      throw new CheckpointException(path, "it has " + size + " bytes, fewer than 8", DAMAGED);
    }
    long length = FileBytes.read(channel, 0, PREFIX).getLong();
    if (length < 2 || length > MAX_HEADER || length > size - PREFIX) {
      throw new CheckpointException(
          path,
          ("its header should have " + Long.toUnsignedString(length) + " bytes, the file has ")
              + (size + " in all"),
          DAMAGED);
    }
    this.dataStart = PREFIX + length;
    try {
      this.header =
          SafetensorsHeader.parse(
              FileBytes.read(channel, PREFIX, (int) length).array(), size - PREFIX - length);
    } catch (SafetensorsHeader.Malformed problem) {
      throw new CheckpointException(
          path, problem.getMessage(), problem.isForeign() ? FOREIGN : DAMAGED, problem);
    }
  }

  /**
   * Opens a file and checks its header.
   *
   * @throws CheckpointException if the file is missing or not a valid safetensors file
   */
  public static SafetensorsFile open(Path path) {
    if (!Files.exists(path)) {
      throw new CheckpointException(path, "there is no such file", "check the path");
    }
    if (!Files.isRegularFile(path)) {
      throw new CheckpointException(path, "it is not a file", "name a .safetensors file in it");
    }
    FileChannel channel = null;
    try {
      channel = FileChannel.open(path, StandardOpenOption.READ);
      return new SafetensorsFile(path, channel);
    } catch (IOException error) {
      close(channel, error);
      throw unreadable(path, error);
    } catch (RuntimeException error) {
      close(channel, error);
      throw error;
    }
  }

  /** The metadata. */
  public SortedMap<String, String> metadata() {
    return header.metadata();
  }

  /** The tensors by name, in the order of their data. */
  public Map<String, SafetensorsEntry> tensors() {
    return header.tensors();
  }

  /** Position in the file from which {@link SafetensorsEntry#begin} counts. */
  public long dataStart() {
    return dataStart;
  }

  /** The file's path. */
  public Path path() {
    return path;
  }

  /**
   * Opens a file of one of this program's formats.
   *
   * @param format format that its metadata must name
   * @param command command that writes such files
   * @throws CheckpointException also if the file has another format
   */
  public static SafetensorsFile open(Path path, String format, String command) {
    SafetensorsFile source = open(path);
    String found = source.metadata().get(FORMAT_KEY);
    if (!format.equals(found)) {
      source.close();
      throw new CheckpointException(
          path,
          found == null ? "it is no checkpoint of hgn4j" : "its format is '" + found + "'",
          "expected a file that '" + command + "' wrote, of format " + format);
    }
    return source;
  }

  /**
   * Description of one tensor that has elements.
   *
   * @throws CheckpointException if there is no such tensor, or it is empty
   */
  public SafetensorsEntry entry(String name) {
    SafetensorsEntry entry = header.tensors().get(name);
    if (entry == null) {
      throw new CheckpointException(
          path,
          "it has no tensor '" + name + "'",
          header.tensors().isEmpty()
              ? "it has none at all"
              : "the nearest is '" + Hints.nearest(name, header.tensors().keySet()) + "'");
    }
    if (entry.isEmpty()) {
      throw new CheckpointException(
          path, "tensor '" + name + "' of shape " + entry.dims() + " is empty", FOREIGN);
    }
    return entry;
  }

  /**
   * The values of a float tensor of any {@linkplain SafetensorsType#isFloat() type that is read},
   * row-major.
   *
   * @throws CheckpointException if it is missing, has another type or cannot be read
   */
  public double[] doubles(String name) {
    SafetensorsEntry entry = entry(name);
    double[] values = new double[(int) entry.shape().count()];
    if (entry.type() == SafetensorsType.F64) {
      data(entry).asDoubleBuffer().get(values);
    } else {
      float[] narrow = narrow(entry, "floats");
      for (int i = 0; i < values.length; i++) {
        values[i] = narrow[i];
      }
    }
    return values;
  }

  /**
   * The values of a tensor of floats of at most 32 bits, row-major.
   *
   * @throws CheckpointException if it is missing, has another type or cannot be read
   */
  public float[] floats(String name) {
    return narrow(entry(name), "32-bit floats");
  }

  private float[] narrow(SafetensorsEntry entry, String wanted) {
    float[] values = new float[(int) entry.shape().count()];
    switch (entry.type()) {
      case F32 -> data(entry).asFloatBuffer().get(values);
      case F16 -> {
        ShortBuffer halves = data(entry).asShortBuffer();
        for (int i = 0; i < values.length; i++) {
          values[i] = HalfFloats.ofHalf(halves.get(i));
        }
      }
      case BF16 -> {
        ShortBuffer halves = data(entry).asShortBuffer();
        for (int i = 0; i < values.length; i++) {
          values[i] = HalfFloats.ofBrain(halves.get(i));
        }
      }
      default -> throw wrongType(entry, wanted);
    }
    return values;
  }

  /**
   * The values of an integer tensor, row-major.
   *
   * @throws CheckpointException if it is missing, has a float type or cannot be read
   */
  public long[] longs(String name) {
    SafetensorsEntry entry = entry(name);
    if (entry.type() != SafetensorsType.I64) {
      throw wrongType(entry, "integers");
    }
    long[] values = new long[(int) entry.shape().count()];
    data(entry).asLongBuffer().get(values);
    return values;
  }

  /**
   * The only value of a tensor of integers.
   *
   * @throws CheckpointException if it is missing, has another type or more values
   */
  public long onlyLong(String name) {
    requireOne(entry(name));
    return longs(name)[0];
  }

  /**
   * The only value of a tensor of floats.
   *
   * @throws CheckpointException if it is missing, has another type or more values
   */
  public double onlyDouble(String name) {
    requireOne(entry(name));
    return doubles(name)[0];
  }

  private void requireOne(SafetensorsEntry entry) {
    if (entry.shape().count() != 1) {
      throw new CheckpointException(
          path,
          "tensor '" + entry.name() + "' has shape " + entry.shape() + ", expected one number",
          FOREIGN);
    }
  }

  /**
   * Checks that all values of a float tensor are finite.
   *
   * @throws CheckpointException if they are not, with their number, or if it cannot be read
   */
  public void requireFinite(String name) {
    double[] values = doubles(name);
    long bad = Arrays.stream(values).filter(value -> !Double.isFinite(value)).count();
    if (bad > 0) {
      throw new CheckpointException(
          path,
          "tensor '" + name + "': " + bad + " of " + values.length + " numbers are not finite",
          "the training that wrote it has failed; use an earlier checkpoint");
    }
  }

  /**
   * Overwrites {@code into}, converting between types of floats if needed.
   *
   * @throws CheckpointException if the stored tensor is missing or has another shape
   */
  public void read(String name, Tensor into) {
    SafetensorsEntry entry = entry(name);
    if (!entry.shape().equals(into.shape())) {
      throw new CheckpointException(
          path,
          ("tensor '" + name + "' has shape " + entry.shape() + ", the model expects ")
              + into.shape(),
          "use the configuration that it was made with");
    }
    if (into.dtype() == DType.FLOAT32 && entry.type() != SafetensorsType.F64) {
      into.set(floats(name));
    } else {
      into.set(doubles(name));
    }
  }

  private CheckpointException wrongType(SafetensorsEntry entry, String wanted) {
    return new CheckpointException(
        path,
        "tensor '" + entry.name() + "' has type " + entry.type() + ", expected " + wanted,
        FOREIGN);
  }

  private ByteBuffer data(SafetensorsEntry entry) {
    try {
      return FileBytes.read(
          channel, dataStart + entry.begin(), Math.toIntExact(entry.end() - entry.begin()));
    } catch (EOFException error) {
      throw new CheckpointException(path, "it became shorter while it was read", DAMAGED, error);
    } catch (IOException error) {
      throw unreadable(path, error);
    } catch (ArithmeticException error) {
      throw new CheckpointException(
          path, "tensor '" + entry.name() + "' is larger than 2 GiB", "split it", error);
    }
  }

  @Override
  public void close() {
    try {
      channel.close();
    } catch (IOException error) {
      throw unreadable(path, error);
    }
  }

  private static CheckpointException unreadable(Path path, IOException error) {
    return new CheckpointException(
        path, "it cannot be read: " + StorageException.reason(error), "check permissions", error);
  }

  private static void close(FileChannel channel, Exception cause) {
    if (channel != null) {
      try {
        channel.close();
      } catch (IOException second) {
        cause.addSuppressed(second);
      }
    }
  }
}
