package hgn.data;

import hgn.config.ConfigException;
import hgn.config.DataConfig;
import hgn.films.FilmSet;
import hgn.films.FilmSplit;
import hgn.films.RecordedRollouts;
import hgn.films.source.FilmProgress;
import hgn.films.source.FrameResizer;
import hgn.frames.Split;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** The films that a configuration names, split into sets and cut into windows. */
public final class RecordedData {
  /** Sample for the mean frame: about this many films, and {@link #FRAMES} frames of each. */
  private static final int FILMS = 128;

  private static final int FRAMES = 16;

  private final DataConfig data;
  private final FilmSet set;
  private final FilmSplit split;

  private RecordedData(DataConfig data, FilmSet set, double share) {
    this.data = data;
    this.set = set;
    this.split = FilmSplit.of(set.count(), share, data.seed());
  }

  /** Splits these films; {@code share} is the fraction of the test set. */
  static RecordedData of(DataConfig data, FilmSet set, double share) {
    return new RecordedData(data, set, share);
  }

  /**
   * Reads the films.
   *
   * @param progress receives progress of reading if there is no cache yet
   * @throws ConfigException if the films differ from those that the configuration was made for
   */
  public static RecordedData open(DataConfig data, FilmProgress progress) {
    if (!data.filmsDigest().isEmpty() && !Files.exists(Path.of(data.films()))) {
      throw new ConfigException(
          "the films of this run are not at "
              + data.films()
              + " any more; name their place with --films PATH");
    }
    FilmSet set =
        FilmSet.open(
            Path.of(data.films()),
            data.filmsKey(),
            fit(data),
            data.skipDamaged(),
            caches(data),
            progress);
    if (!data.filmsDigest().isEmpty() && !data.filmsDigest().equals(set.digest())) {
      throw new ConfigException(
          "the films in "
              + data.films()
              + " are not those that this run was begun with; restore those, name their place"
              + " with --films PATH, or start a new run");
    }
    return new RecordedData(data, set, data.testShare());
  }

  /** The configured cache folder; empty for the default. */
  static Optional<Path> caches(DataConfig data) {
    return data.cache().isEmpty() ? Optional.empty() : Optional.of(Path.of(data.cache()));
  }

  /** How frames are resized. */
  static FrameResizer fit(DataConfig data) {
    return new FrameResizer(
        data.frameSize(), data.frameChannels(), data.fit().equals(DataConfig.LETTERBOX));
  }

  /** The films. */
  public FilmSet set() {
    return set;
  }

  /** The split into training, validation and test films. */
  public FilmSplit split() {
    return split;
  }

  /**
   * Returns the length of the longest window, at most {@code most} frames, that occurs in every
   * set; 0 if there is none.
   *
   * @param past additional frames before each training window
   */
  int longestWindow(int most, int past) {
    for (int frames = most; frames > 1; frames--) {
      boolean has =
          windows(Split.TRAIN, frames + past).count() > 0
              && windows(Split.TEST, frames).count() > 0
              && validation(frames).count() > 0;
      if (has) {
        return frames;
      }
    }
    return 0;
  }

  /** A one-line summary. */
  public String describe() {
    String colours = set.channels() == 1 ? " in gray" : " in colour";
    String shared =
        data.testShare() == 0
            ? "also used for tests"
            : split.validation().length + " for validation, " + split.test().length + " for tests";
    return set.count()
        + (", " + set.kind() + ", " + set.size() + "x" + set.size() + colours)
        + (set.wasResized() ? " (resized, " + data.fit() + ")" : "")
        + (set.skipped() > 0 ? ", " + set.skipped() + " damaged ones skipped" : "")
        + ("; " + split.train().length + " for training, " + shared);
  }

  /** The mean of a sample of frames from all training films. */
  public double[] meanFrame() {
    int[] films = split.train();
    float[] frame = new float[set.frameLength()];
    double[] mean = new double[frame.length];
    int count = 0;
    int step = Math.max(1, films.length / FILMS);
    for (int i = 0; i < films.length; i += step) {
      int length = set.frames(films[i]);
      for (int t = 0; t < length; t += Math.max(1, length / FRAMES)) {
        set.read(films[i], t, frame, 0);
        count++;
        for (int k = 0; k < mean.length; k++) {
          mean[k] += (frame[k] - mean[k]) / count;
        }
      }
    }
    return mean;
  }

  /**
   * The windows of a set of films.
   *
   * @param frames per window
   */
  public RecordedRollouts windows(Split of, int frames) {
    return cut(of == Split.TRAIN ? split.train() : split.test(), frames);
  }

  /** The windows of the validation films. */
  public RecordedRollouts validation(int frames) {
    return cut(split.validation(), frames);
  }

  private RecordedRollouts cut(int[] films, int frames) {
    RecordedRollouts.Cut cut =
        new RecordedRollouts.Cut(frames, data.every(), data.stride(), data.dt());
    return new RecordedRollouts(set, films, cut, data.background());
  }
}
