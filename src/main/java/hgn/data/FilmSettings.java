package hgn.data;

import hgn.config.Config;
import hgn.config.ConfigException;
import hgn.config.ConfigLoader;
import hgn.config.DataConfig;
import hgn.films.FilmSet;
import hgn.films.FilmSources;
import hgn.films.source.FilmProgress;
import hgn.films.source.FilmSource;
import hgn.films.source.FrameShape;
import hgn.frames.Split;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;

/**
 * Settings derived from films: size and channels of the frames, time between them, number of
 * windows and fingerprint. Settings of the user take precedence.
 */
public final class FilmSettings {
  /** The background is rounded to multiples of 1 / ROUNDING. */
  private static final double ROUNDING = 1e4;

  private final Path file;
  private final List<String> own;
  private final FilmProgress progress;

  private FilmSettings(Path file, List<String> own, FilmProgress progress) {
    this.file = file;
    this.own = own;
    this.progress = progress;
  }

  /**
   * Loads the configuration of a training run. If it names films, these are read.
   *
   * @param file see {@link ConfigLoader#load}
   * @param own the user's settings, see {@link ConfigLoader#load}
   * @param progress receives progress of reading the films
   * @throws ConfigException if films and settings do not fit together
   */
  public static Config load(Path file, List<String> own, FilmProgress progress) {
    Config config = ConfigLoader.load(file, own);
    return config.data().isRecorded()
        ? new FilmSettings(file, own, progress).found(config)
        : config;
  }

  /** Loads the configuration with frame size and channels of the first frame. */
  static Config sized(Path file, List<String> own) {
    return ConfigLoader.load(file, own, shape(ConfigLoader.load(file, own).data()));
  }

  /** Quotes a path for YAML, which might otherwise read it as a number or cut it off at a #. */
  public static String quoted(String path) {
    return "'" + path.replace("'", "''") + "'";
  }

  private Config found(Config asked) {
    List<String> found = new ArrayList<>(shape(asked.data()));
    Config sized = ConfigLoader.load(file, own, found);
    RecordedData recorded = RecordedData.open(sized.data(), progress);
    FilmSet set = recorded.set();
    found.add("data.films-digest=" + set.digest());
    found.add("data.background=" + set.background().orElseGet(() -> background(recorded)));
    if (set.dt() > 0) {
      found.add("data.dt=" + set.dt() * sized.data().every());
    }
    addCounts(sized, recorded, found);
    List<String> known = new ArrayList<>(own);
    Path place = Path.of(sized.data().films()).toAbsolutePath().normalize();
    known.add(
        "data.films=" + quoted(place.toString())); // absolute, independent of the working directory
    return ConfigLoader.load(file, known, found);
  }

  /** Settings of size and channels from the first frame. */
  private static List<String> shape(DataConfig data) {
    try (FilmSource source = FilmSources.open(Path.of(data.films()), data.filmsKey())) {
      FrameShape first = source.shape();
      return List.of("data.size=" + size(first), "data.colours=" + first.channels());
    }
  }

  /** The largest supported size that the frame fills, or the smallest size. */
  private static int size(FrameShape frame) {
    int side = Math.min(frame.width(), frame.height());
    return DataConfig.SIZES.stream()
        .filter(size -> size <= side)
        .max(Integer::compare)
        .orElse(DataConfig.SIZES.get(0));
  }

  private static double background(RecordedData recorded) {
    double mean = Arrays.stream(recorded.meanFrame()).average().orElseThrow();
    return Math.round(mean * ROUNDING) / ROUNDING;
  }

  private static void addCounts(Config config, RecordedData recorded, List<String> found) {
    int frames = Window.of(config.model()).rolloutFrames();
    int past = config.train().pastFrames();
    int train = recorded.windows(Split.TRAIN, frames + past).count();
    int test = recorded.windows(Split.TEST, frames).count();
    int validation = recorded.validation(frames).count();
    int fewest = Math.min(train, Math.min(test, validation));
    if (fewest == 0) {
      throw tooShort(config, recorded);
    }
    found.add("data.train-rollouts=" + train);
    found.add("data.test-rollouts=" + test);
    int measured = config.train().evaluateRollouts();
    found.add("train.evaluate-rollouts=" + Math.min(measured, Math.min(test, validation)));
    found.add("train.batch=" + Math.min(config.train().batch(), train));
  }

  private static ConfigException tooShort(Config config, RecordedData recorded) {
    FilmSet set = recorded.set();
    int[] lengths = IntStream.range(0, set.count()).map(set::frames).sorted().toArray();
    Window window = Window.of(config.model());
    int past = config.train().pastFrames();
    int longest = recorded.longestWindow(window.rolloutFrames(), past);
    return new ConfigException(
        String.format(
                Locale.ROOT,
                "of the %d films in %s the shortest has %d frames and the longest %d; a window takes %d, and",
                set.count(),
                config.data().films(),
                lengths[0],
                lengths[lengths.length - 1],
                (window.rolloutFrames() + past - 1) * config.data().every() + 1)
            + " training, validation and test need one each"
            + (longest == 0
                ? "; give longer films"
                : "; ask for shorter ones with" + shorter(config, longest)));
  }

  /**
   * Command line options for windows of this many frames.
   *
   * @param frames fewer than the configuration's
   */
  static String shorter(Config config, int frames) {
    int fewer = Window.of(config.model()).rolloutFrames() - frames;
    int out = config.model().framesOut() - fewer;
    return (" --set model.frames-out=" + out)
        + (config.train().decodeFrames() > out ? " --set train.decode-frames=" + out : "");
  }
}
