package hgn.films;

import hgn.files.AtomicFile;
import hgn.frames.RolloutGenerator;
import hgn.physics.Trajectory;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.zip.Deflater;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/**
 * One NumPy archive {@code rollouts.npz}: {@code frames} (N,T,H,W,3) float32 in [0, 1], the true
 * {@code q} and {@code p} (N,T,n) float64, and {@code dt}.
 */
record NpzWriter(Path folder) implements RolloutWriter {
  private static final int AT_ONCE = 64;

  /** Headers end at a multiple of this, as NumPy's do. */
  private static final int ALIGNMENT = 64;

  private static final int PREFIX = 10;

  @Override
  public void write(RolloutGenerator rollouts, int count, Listener listener) {
    AtomicFile.writeStream(
        folder.resolve("rollouts.npz"), out -> write(out, rollouts, count, listener));
  }

  private static void write(
      OutputStream out, RolloutGenerator rollouts, int count, Listener listener)
      throws IOException {
    ZipOutputStream zip = new ZipOutputStream(out);
    zip.setLevel(Deflater.BEST_SPEED);
    int frames = rollouts.frames();
    int size = rollouts.resolution();
    begin(zip, "frames", "<f4", count, frames, size, size, rollouts.colours());
    for (int first = 0; first < count; first += AT_ONCE) {
      int end = Math.min(count, first + AT_ONCE);
      for (ByteBuffer film : films(rollouts, first, end)) {
        zip.write(film.array());
      }
      listener.written(end);
    }
    zip.closeEntry();
    int freedom = rollouts.system().degreesOfFreedom();
    for (String name : new String[] {"q", "p"}) {
      begin(zip, name, "<f8", count, frames, freedom);
      for (int n = 0; n < count; n++) {
        zip.write(states(rollouts.path(n), name.equals("q")).array());
      }
      zip.closeEntry();
    }
    begin(zip, "dt", "<f8");
    zip.write(numbers(Double.BYTES).putDouble(rollouts.dt()).array());
    zip.closeEntry();
    zip.finish();
  }

  private static ByteBuffer[] films(RolloutGenerator rollouts, int first, int end) {
    return IntStream.range(first, end)
        .parallel()
        .mapToObj(
            n -> {
              float[] film = new float[rollouts.rolloutLength()];
              rollouts.render(n, film, 0);
              ByteBuffer bytes = numbers(film.length * Float.BYTES);
              bytes.asFloatBuffer().put(film);
              return bytes;
            })
        .toArray(ByteBuffer[]::new);
  }

  private static ByteBuffer states(Trajectory path, boolean isQ) {
    int freedom = path.degreesOfFreedom();
    ByteBuffer bytes = numbers(path.frames() * freedom * Double.BYTES);
    for (int t = 0; t < path.frames(); t++) {
      for (int i = 0; i < freedom; i++) {
        bytes.putDouble(isQ ? path.q(t, i) : path.p(t, i));
      }
    }
    return bytes;
  }

  private static ByteBuffer numbers(int bytes) {
    return ByteBuffer.allocate(bytes).order(ByteOrder.LITTLE_ENDIAN);
  }

  /** Begins an array of this shape; without lengths a single number. */
  private static void begin(ZipOutputStream zip, String name, String type, int... shape)
      throws IOException {
    ZipEntry entry = new ZipEntry(name + ".npy");
    entry.setLastModifiedTime(
        FileTime.fromMillis(0)); // so that the same rollouts are the same file
    zip.putNextEntry(entry);
    String lengths =
        IntStream.of(shape).mapToObj(Integer::toString).collect(Collectors.joining(", "));
    String header =
        "{'descr': '%s', 'fortran_order': False, 'shape': (%s%s), }"
            .formatted(type, lengths, shape.length == 1 ? "," : "");
    int padding = ALIGNMENT - (PREFIX + header.length() + 1) % ALIGNMENT;
    String padded = header + " ".repeat(padding) + "\n";
    ByteBuffer bytes = numbers(PREFIX + padded.length());
    bytes.put(new byte[] {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y', 1, 0});
    bytes.putShort((short) padded.length()).put(padded.getBytes(StandardCharsets.US_ASCII));
    zip.write(bytes.array());
  }
}
