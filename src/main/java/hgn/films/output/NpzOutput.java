package hgn.films.output;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.attribute.FileTime;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.zip.Deflater;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/** Writes a NumPy archive, array by array. Equal arrays yield equal bytes. */
public final class NpzOutput {
  /** Alignment of the end of a header, as in NumPy. */
  private static final int ALIGNMENT = 64;

  private static final int PREFIX = 10;
  private static final String FLOAT = "<f4";
  private static final String DOUBLE = "<f8";

  private final ZipOutputStream zip;

  /** Writes to {@code out}, which stays open. */
  public NpzOutput(OutputStream out) {
    zip = new ZipOutputStream(out);
    zip.setLevel(Deflater.BEST_SPEED);
  }

  /** Writes an array of 32-bit floats. */
  public void put(String name, float[] values, int... shape) throws IOException {
    beginFloats(name, shape);
    add(values);
    end();
  }

  /** Writes an array of 64-bit floats; without a shape, a scalar. */
  public void put(String name, double[] values, int... shape) throws IOException {
    beginDoubles(name, shape);
    add(values);
    end();
  }

  /** Starts an array of 32-bit floats, to be {@linkplain #add added} in parts. */
  void beginFloats(String name, int... shape) throws IOException {
    begin(name, FLOAT, shape);
  }

  /** Starts an array of 64-bit floats. */
  void beginDoubles(String name, int... shape) throws IOException {
    begin(name, DOUBLE, shape);
  }

  /** Adds numbers to the current array. */
  void add(float[] values) throws IOException {
    ByteBuffer bytes = numbers(values.length * Float.BYTES);
    bytes.asFloatBuffer().put(values);
    zip.write(bytes.array());
  }

  /** Adds numbers to the current array. */
  void add(double[] values) throws IOException {
    ByteBuffer bytes = numbers(values.length * Double.BYTES);
    bytes.asDoubleBuffer().put(values);
    zip.write(bytes.array());
  }

  /** Ends the current array. */
  void end() throws IOException {
    zip.closeEntry();
  }

  /** Ends the archive. */
  public void finish() throws IOException {
    zip.finish();
  }

  private void begin(String name, String type, int... shape) throws IOException {
    ZipEntry entry = new ZipEntry(name + ".npy");
    entry.setLastModifiedTime(FileTime.fromMillis(0));
    zip.putNextEntry(entry);
    String lengths =
        IntStream.of(shape).mapToObj(Integer::toString).collect(Collectors.joining(", "));
    String header =
        ("{'descr': '" + type + "', 'fortran_order': False, 'shape': (")
            + (lengths + (shape.length == 1 ? "," : "") + "), }");
    int padding = ALIGNMENT - (PREFIX + header.length() + 1) % ALIGNMENT;
    String padded = header + " ".repeat(padding) + "\n";
    ByteBuffer bytes = numbers(PREFIX + padded.length());
    bytes.put(new byte[] {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y', 1, 0});
    bytes.putShort((short) padded.length()).put(padded.getBytes(StandardCharsets.US_ASCII));
    zip.write(bytes.array());
  }

  private static ByteBuffer numbers(int bytes) {
    return ByteBuffer.allocate(bytes).order(ByteOrder.LITTLE_ENDIAN);
  }
}
