package hgn.data;

import hgn.config.Config;
import hgn.config.DataConfig;
import hgn.films.FilmSet;
import hgn.films.FilmStatistics;
import hgn.films.source.FilmProgress;
import java.math.BigDecimal;
import java.math.MathContext;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;

/**
 * What can be said of films before a training: what they are, what can go wrong, and the settings
 * to train with.
 */
public final class FilmSurvey {
  /** Fewer films than this hardly show what is common to all motions. */
  private static final int FEW = 50;

  /** Splitting takes so many films. */
  private static final int FEWEST = 3;

  private static final double MUCH_REPEATED = 0.2;
  private static final double MUCH_DRIFT = 0.02;

  private final Config config;
  private final FilmSet set;
  private final FilmStatistics statistics;
  private final int frames;
  private final int shortest;
  private final int longest;

  private FilmSurvey(Config config, FilmSet set) {
    this.config = config;
    this.set = set;
    this.statistics = FilmStatistics.of(set);
    DataConfig data = config.data();
    double share = set.count() < FEWEST ? 0 : data.testShare();
    this.frames =
        RecordedData.of(data, set, share)
            .longestWindow(Window.of(config.model()).rolloutFrames(), config.train().pastFrames());
    this.shortest = IntStream.range(0, set.count()).map(set::frames).min().orElseThrow();
    this.longest = IntStream.range(0, set.count()).map(set::frames).max().orElseThrow();
  }

  /**
   * Looks at the films that settings name.
   *
   * @param own settings of a training
   * @param progress follows the reading
   */
  public static FilmSurvey at(List<String> own, FilmProgress progress) {
    Config config = FilmSettings.sized(null, own);
    DataConfig data = config.data();
    return new FilmSurvey(
        config,
        FilmSet.open(
            Path.of(data.films()),
            data.filmsKey(),
            RecordedData.fit(data),
            data.skipDamaged(),
            RecordedData.caches(data),
            progress));
  }

  /** The films. */
  public FilmSet set() {
    return set;
  }

  /** Numbers of them. */
  public FilmStatistics statistics() {
    return statistics;
  }

  /** Frames of the shortest film. */
  public int shortest() {
    return shortest;
  }

  /** Seconds between frames: as the files say, or as the configuration. */
  public double dt() {
    return set.dt() > 0 ? set.dt() : config.data().dt();
  }

  /** The shortest film's frames to the longest one's. */
  public String lengths() {
    return shortest == longest ? Integer.toString(shortest) : shortest + " to " + longest;
  }

  /** How frames of other sizes were brought to this one. */
  public String fit() {
    return config.data().fit().equals(DataConfig.LETTERBOX)
        ? "whole frames with black beside them"
        : "squares from the middle (all of a frame: --set data.fit=letterbox)";
  }

  /** Time between frames. */
  public String time() {
    return set.dt() > 0
        ? BigDecimal.valueOf(set.dt())
                .round(new MathContext(6))
                .stripTrailingZeros()
                .toPlainString()
            + " s, as the files say"
        : "unknown: each frame counts as "
            + config.data().dt()
            + " s (another: --set data.dt=SECONDS)";
  }

  /** What can go wrong, each with what to do. */
  public List<String> problems() {
    List<String> problems = new ArrayList<>();
    int window = window();
    int needed = (window - 1) * config.data().every() + 1;
    if (set.count() < FEWEST) {
      problems.add(
          "too few films to keep some for measuring: cut long ones into several, or measure on those"
              + " of the training with data.test-share=0");
    } else if (set.count() < FEW) {
      problems.add(
          set.count()
              + " films are few: expect a model that knows these and not others; some hundreds are"
              + " better");
    }
    if (frames == 0) {
      problems.add("no film has two frames to learn from: give longer films");
    } else if (isShort()) {
      problems.add(
          "too few films have the "
              + needed
              + " frames of a window; the command below asks for shorter ones");
    } else if (shortest < needed) {
      problems.add(
          "some films are shorter than the " + needed + " frames of a window and will not be used");
    }
    double noise = statistics.noise();
    if (statistics.meanFrame() < 1.5 * noise || statistics.meanFrame() < 1e-6) {
      problems.add(
          "next to nothing moves: take every so many-th frame with data.every, or film from nearer");
    }
    if (statistics.repeated() > MUCH_REPEATED) {
      problems.add(
          Math.round(100 * statistics.repeated())
              + " % of the frames are as the ones before: filmed faster than it moves, or repeated by"
              + " a converter; take every so many-th with data.every=2 or more");
    }
    if (statistics.drift() > MUCH_DRIFT) {
      problems.add(
          String.format(
              Locale.ROOT,
              "brightness drifts by %.0f %% along a film: fix exposure and light, or take shorter films",
              100 * statistics.drift()));
    }
    if (statistics.hasCut()) {
      problems.add(
          "there seems to be a cut before "
              + statistics.cut()
              + ": a motion ends there; split such films in two");
    }
    return problems;
  }

  private boolean isShort() {
    return frames > 0 && frames < Window.of(config.model()).rolloutFrames();
  }

  private int window() {
    return Window.of(config.model()).rolloutFrames() + config.train().pastFrames();
  }

  /**
   * The words behind {@code train}.
   *
   * @param path of the films
   * @param settings that the user gave
   */
  public String advice(Path path, List<String> settings, boolean skipsDamaged) {
    StringBuilder words = new StringBuilder(" --films ").append(shell(path.toString()));
    settings.forEach(setting -> words.append(" --set ").append(shell(setting)));
    if (skipsDamaged) {
      words.append(" --skip-damaged");
    }
    if (isShort()) {
      words.append(FilmSettings.shorter(config, frames));
    }
    if (set.count() < FEWEST) {
      words.append(" --set data.test-share=0");
    }
    return words.toString();
  }

  /** A word as a shell takes it. */
  private static String shell(String word) {
    return word.matches("[A-Za-z0-9_@%+=:,./-]+") ? word : "'" + word.replace("'", "'\\''") + "'";
  }
}
