package hgn.films.arrays;

import hgn.files.StorageException;
import hgn.films.source.FilmFiles;
import hgn.films.source.FilmSource;
import io.jhdf.HdfFile;
import io.jhdf.api.Dataset;
import io.jhdf.api.Group;
import io.jhdf.api.Node;
import io.jhdf.object.datatype.DataType;
import io.jhdf.object.datatype.FixedPoint;
import io.jhdf.object.datatype.FloatingPoint;
import java.io.IOException;
import java.lang.reflect.Array;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;

/** A data set of an HDF5 file, read frame by frame. */
public final class Hdf5Films extends ArrayFilms {
  private static final byte[] MAGIC = {(byte) 0x89, 'H', 'D', 'F', '\r', '\n', 0x1a, '\n'};

  private static final int SUPERBLOCK = 64;

  /** Offsets in the superblock, and the first version with other offsets. */
  private static final int VERSION = 8;

  private static final int ADDRESS_LENGTH = 13;
  private static final int NEW_SUPERBLOCK = 2;
  private static final int OLD_END = 40;
  private static final int NEW_END = 28;

  /** Numbers read at once, since each read decompresses a chunk of many frames. */
  private static final long AT_ONCE = 1L << 22;

  private final HdfFile hdf;
  private final Slab slab;

  private Hdf5Films(HdfFile hdf, Dataset data, Path file, ArrayLayout layout, boolean isFloat) {
    super(file, layout, isFloat);
    this.hdf = hdf;
    this.slab = new Slab(file, data, layout);
  }

  public static boolean isHdf5(byte[] head) {
    return head.length >= MAGIC.length && Arrays.equals(MAGIC, Arrays.copyOf(head, MAGIC.length));
  }

  /**
   * Opens a file.
   *
   * @param key path of the data set; empty for the only one that can be films
   * @throws StorageException if there is no such data set, or the file is damaged
   */
  public static FilmSource open(Path file, String key) {
    requireNotCut(file);
    HdfFile hdf = whole(file, () -> opened(file));
    try {
      Map<String, Dataset> all = new LinkedHashMap<>();
      whole(
          file,
          () -> {
            collect(hdf, "", all, new HashSet<>());
            return null;
          });
      Map<String, long[]> shapes = new LinkedHashMap<>();
      all.forEach((name, set) -> shapes.put(name, whole(file, () -> lengths(set))));
      Dataset data = all.get(ArrayChoice.of(file, shapes, key));
      ArrayLayout layout = ArrayLayout.of(lengths(data), file);
      boolean isFloat = isFloat(data, file);
      requireHeld(file, data, layout);
      return new Hdf5Films(hdf, data, file, layout, isFloat);
    } catch (RuntimeException error) {
      hdf.close();
      throw error;
    }
  }

  /**
   * Opens a file in mapped memory, of which a part needs no memory of its own: the library would
   * reserve as much as a damaged length in the file says.
   */
  private static HdfFile opened(Path file) throws IOException {
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
      long size = channel.size();
      return size > Integer.MAX_VALUE
          ? new HdfFile(file) // it can hold whatever a buffer can
          : HdfFile.fromByteBuffer(channel.map(FileChannel.MapMode.READ_ONLY, 0, size));
    }
  }

  /**
   * Compares the file's length with the superblock's. Data missing at the end would be read as
   * zeros.
   */
  private static void requireNotCut(Path file) {
    ByteBuffer head = ByteBuffer.wrap(Arrays.copyOf(FilmFiles.head(file), SUPERBLOCK));
    head.order(ByteOrder.LITTLE_ENDIAN);
    boolean isNew = head.get(VERSION) >= NEW_SUPERBLOCK;
    boolean isLong = head.get(isNew ? VERSION + 1 : ADDRESS_LENGTH) == Long.BYTES;
    if (!isLong) {
      return; // such small addresses hardly ever occur
    }
    long end = head.getLong(isNew ? NEW_END : OLD_END);
    try {
      if (Files.size(file) < end) {
        throw new StorageException(
            file,
            "it should have " + end + " bytes, and has " + Files.size(file),
            "it was cut off: copy or write it again");
      }
    } catch (IOException error) {
      throw new StorageException(file, "cannot read", error);
    }
  }

  /**
   * Collects the data sets of a group and its subgroups.
   *
   * @param seen addresses already visited: a group may contain itself
   */
  private static void collect(
      Group group, String path, Map<String, Dataset> found, Set<Long> seen) {
    for (Map.Entry<String, Node> child : group.getChildren().entrySet()) {
      Node node = child.getValue();
      String name = path + child.getKey();
      if (node.isLink() || !seen.add(node.getAddress())) {
        continue; // a link may lead out of the file
      }
      if (node instanceof Dataset set) {
        found.put(name, set);
      } else if (node instanceof Group inner) {
        collect(inner, name + "/", found, seen);
      }
    }
  }

  private static long[] lengths(Dataset data) {
    return Arrays.stream(data.getDimensions()).asLongStream().toArray();
  }

  private static boolean isFloat(Dataset data, Path file) {
    DataType type = data.getDataType();
    if (type instanceof FixedPoint whole && whole.getSize() == 1 && !whole.isSigned()) {
      return false;
    }
    if (type instanceof FloatingPoint && type.getSize() >= Float.BYTES) {
      return true;
    }
    throw new StorageException(
        file,
        "the numbers of '" + data.getPath() + "' are of another type than films have",
        "write films as uint8, float32 or float64");
  }

  /** Rejects what is too large for the file. What was never written would be read as zeros. */
  private static void requireHeld(Path file, Dataset data, ArrayLayout layout) {
    double bytes = data.getDataType().getSize();
    for (long length : layout.shape()) {
      bytes *= length;
    }
    if (!FilmFiles.canHold(file, bytes)) {
      throw new StorageException(
          file,
          "it is too small for an array of shape " + Arrays.toString(layout.shape()),
          "it is damaged: copy or write it again");
    }
  }

  @Override
  double most() {
    ArrayLayout layout = layout();
    double[] numbers = new double[layout.height() * layout.width() * layout.channels()];
    double most = 0;
    for (int film = 0; film < layout.films(); film++) {
      for (int time = 0; time < layout.frames(); time++) {
        slab.read(film, time, numbers);
        for (double number : numbers) {
          most = number > most ? number : most;
        }
      }
    }
    return most;
  }

  /** Calls the library, which throws various exceptions for damaged files. */
  private static <T> T whole(Path file, Callable<T> reading) {
    try {
      return reading.call();
    } catch (StorageException known) {
      throw known;
    } catch (Exception error) {
      throw new StorageException(
          file,
          "not a whole HDF5 file (" + FilmFiles.reason(error) + ")",
          "copy or write it again, with all data in the file itself");
    }
  }

  /** A buffer of consecutive frames of a film. */
  private static final class Slab {
    private final Path file;
    private final Dataset data;
    private final ArrayLayout layout;
    private final int length;
    private final int framesAtOnce;
    private double[] numbers = new double[0];
    private int film = -1;
    private int first;
    private int count;

    Slab(Path file, Dataset data, ArrayLayout layout) {
      this.file = file;
      this.data = data;
      this.layout = layout;
      this.length = layout.height() * layout.width() * layout.channels();
      this.framesAtOnce = (int) Math.max(1, Math.min(layout.frames(), AT_ONCE / length));
    }

    void read(int ofFilm, int time, double[] dst) {
      if (ofFilm != film || time < first || time >= first + count) {
        load(ofFilm, time - time % framesAtOnce);
      }
      boolean isChannelFirst = layout.channel() >= 0 && layout.channel() < layout.row();
      int channels = layout.channels();
      int pixels = length / channels;
      int from = (time - first) * length;
      for (int i = 0; i < length; i++) {
        dst[i] = numbers[from + (isChannelFirst ? i % channels * pixels + i / channels : i)];
      }
    }

    private void load(int ofFilm, int from) {
      long[] offset = new long[layout.shape().length];
      int[] lengths = new int[offset.length];
      for (int axis = 0; axis < lengths.length; axis++) {
        lengths[axis] = (int) layout.shape()[axis];
      }
      if (layout.film() >= 0) {
        offset[layout.film()] = ofFilm;
        lengths[layout.film()] = 1;
      }
      count = (int) Math.min(framesAtOnce, layout.frames() - from);
      offset[layout.time()] = from;
      lengths[layout.time()] = count;
      numbers = new double[count * length];
      Object slice = whole(file, () -> data.getData(offset, lengths));
      int read = flatten(slice, numbers, 0);
      if (read != numbers.length) {
        throw new StorageException(
            file,
            count + " frames have " + read + " numbers of " + numbers.length,
            "copy or write it again");
      }
      film = ofFilm;
      first = from;
    }

    private static int flatten(Object nested, double[] dst, int from) {
      int at = from;
      int size = Array.getLength(nested);
      if (nested instanceof Object[] parts) {
        for (Object part : parts) {
          at = flatten(part, dst, at);
        }
        return at;
      }
      for (int i = 0; i < size; i++) {
        dst[at++] = Array.getDouble(nested, i);
      }
      return at;
    }
  }

  @Override
  public String kind() {
    return "a data set of an HDF5 file";
  }

  @Override
  public boolean isRandomAccess() {
    return false;
  }

  @Override
  void numbers(int film, int time, double[] dst) {
    slab.read(film, time, dst);
  }

  @Override
  public void close() {
    hdf.close();
  }
}
