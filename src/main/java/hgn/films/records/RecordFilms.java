package hgn.films.records;

import hgn.files.StorageException;
import hgn.films.arrays.ArrayChoice;
import hgn.films.arrays.ArrayLayout;
import hgn.films.pictures.PictureFile;
import hgn.films.source.DamagedFilmException;
import hgn.films.source.FilmFiles;
import hgn.films.source.FilmSource;
import hgn.films.source.Frame;
import hgn.films.source.FrameSink;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;
import java.util.stream.Stream;

/**
 * TFRecord files of DeepMind's Hamiltonian dynamics suite, one film per record: all frames stacked
 * vertically in one PNG; the true states {@code x} (T, 2n) and other floats stored as the bits of
 * integers.
 */
public final class RecordFilms implements FilmSource {
  private static final String STATES = "x";

  /** Maximum height of a film's stacked frames in pixels. */
  private static final int TALLEST = 1 << 20;

  private final List<RecordFile> files;
  private final Path list;
  private final FeatureList features;
  private final String key;
  private final ArrayLayout layout;
  private final List<String> names = new ArrayList<>();
  private final List<RecordFile> fileOf = new ArrayList<>();
  private final List<Integer> recordOf = new ArrayList<>();

  /**
   * Opens record files of one folder.
   *
   * @param key name of the frames' feature; empty for the only one that can be films
   * @throws StorageException if the list of features is missing or has no films
   */
  public RecordFilms(List<Path> paths, String key) {
    list = paths.get(0).resolveSibling(FeatureList.NAME);
    if (!Files.exists(list)) {
      throw new StorageException(
          paths.get(0),
          "there is no " + FeatureList.NAME + " beside it",
          "it says what records hold");
    }
    FilmFiles.requireWithin(list.toAbsolutePath().getParent(), List.of(list));
    this.features = new FeatureList(list);
    this.key = ArrayChoice.of(list, features.pictures(), key);
    this.layout = ArrayLayout.of(features.pictures().get(this.key), list);
    if (layout.film() >= 0 || layout.channel() < layout.column()) {
      throw new StorageException(
          list,
          "'"
              + this.key
              + "' of "
              + Arrays.toString(layout.shape())
              + " is not the film of a record",
          "frames are of (T, height, width, channels)");
    }
    this.files = paths.stream().map(RecordFile::new).toList();
    for (RecordFile file : files) {
      for (int record = 0; record < file.count(); record++) {
        names.add(file.file().getFileName() + "[" + record + "]");
        fileOf.add(file);
        recordOf.add(record);
      }
    }
  }

  @Override
  public String kind() {
    return "TFRecords of the Hamiltonian dynamics suite";
  }

  @Override
  public List<String> films() {
    return List.copyOf(names);
  }

  @Override
  public List<Path> files() {
    return Stream.concat(files.stream().map(RecordFile::file), Stream.of(list)).toList();
  }

  @Override
  public OptionalDouble dt() {
    try {
      double[] dt = floats(example(0), "dt");
      if (dt != null && dt.length == 1) {
        return OptionalDouble.of(dt[0]);
      }
      double[] times = floats(example(0), "ts");
      return times != null && times.length > 1
          ? OptionalDouble.of(times[1] - times[0])
          : OptionalDouble.empty();
    } catch (DamagedFilmException damaged) {
      return OptionalDouble.empty(); // reported when the film is read
    }
  }

  @Override
  public boolean isFloat() {
    return false;
  }

  @Override
  public boolean isRandomAccess() {
    return true;
  }

  @Override
  public void read(int film, FrameSink sink) {
    TensorFlowExample example = example(film);
    List<byte[]> pictures = example.bytes().get(key);
    if (pictures == null || pictures.size() != 1) {
      throw damaged(film, "it has no picture '" + key + "'");
    }
    Path file = fileOf.get(film).file();
    Frame all = PictureFile.read(names.get(film), pictures.get(0), file, TALLEST);
    int frames = (int) layout.frames();
    if (all.channels() != layout.channels()) {
      throw damaged(
          film,
          String.format(
              Locale.ROOT,
              "its picture has %d channels, and should have %d",
              all.channels(),
              layout.channels()));
    }
    if (all.width() != layout.width() || all.height() != layout.height() * frames) {
      throw damaged(
          film,
          String.format(
              Locale.ROOT,
              "its picture is of %dx%d, and should be of %dx%d",
              all.width(),
              all.height(),
              layout.width(),
              layout.height() * frames));
    }
    double[][] states = states(example, frames);
    int length = all.values().length / frames;
    for (int t = 0; t < frames; t++) {
      sink.accept(
          new Frame(
              layout.width(),
              layout.height(),
              all.channels(),
              Arrays.copyOfRange(all.values(), t * length, (t + 1) * length),
              states == null ? null : states[t]));
    }
  }

  private double[][] states(TensorFlowExample example, int frames) {
    FeatureList.Feature feature = features.of(STATES);
    double[] x = floats(example, STATES);
    if (x == null || feature.shape().length != 2 || feature.shape()[0] != frames) {
      return null;
    }
    int width = x.length / frames;
    double[][] states = new double[frames][];
    for (int t = 0; t < frames; t++) {
      states[t] = Arrays.copyOfRange(x, t * width, (t + 1) * width);
    }
    return states;
  }

  /** Returns a feature's floats, or null if there are none. */
  private double[] floats(TensorFlowExample example, String name) {
    FeatureList.Feature feature = features.of(name);
    long[] bits = example.integers().get(name);
    if (feature == null || bits == null) {
      return null;
    }
    boolean isDouble = feature.type().equals("float64");
    boolean isFloat = feature.type().equals("float32");
    long numbers = isFloat ? 2L * bits.length : bits.length; // an integer holds two 32-bit floats
    if (!isDouble && !isFloat || feature.count() > numbers || numbers - feature.count() > 1) {
      return null;
    }
    double[] values = new double[(int) feature.count()];
    for (int i = 0; i < values.length; i++) {
      values[i] =
          isDouble
              ? Double.longBitsToDouble(bits[i])
              : Float.intBitsToFloat((int) (bits[i / 2] >>> Integer.SIZE * (i % 2)));
    }
    return values;
  }

  private TensorFlowExample example(int film) {
    try {
      return TensorFlowExample.parse(fileOf.get(film).read(recordOf.get(film)));
    } catch (IOException error) {
      throw damaged(film, "it is no TensorFlow example");
    }
  }

  private DamagedFilmException damaged(int film, String problem) {
    return new DamagedFilmException(
        fileOf.get(film).file(), "record " + recordOf.get(film) + ": " + problem);
  }
}
