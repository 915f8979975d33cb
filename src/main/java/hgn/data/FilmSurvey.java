package hgn.data;

import hgn.config.Config;
import hgn.config.DataConfig;
import hgn.films.FilmSet;
import hgn.films.FilmStatistics;
import hgn.films.source.FilmProgress;
import hgn.text.Shell;
import java.math.BigDecimal;
import java.math.MathContext;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;

/**
 * A survey of films before training: their properties, likely problems, and recommended settings.
 */
public final class FilmSurvey {
  /** With fewer films than this, the model is likely to overfit. */
  private static final int FEW = 50;

  /** Minimum number of films for a split into three sets. */
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
   * Surveys the films named by the settings.
   *
   * @param own settings of a training run
   * @param progress receives progress of reading the films
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

  /** Statistics of the films. */
  public FilmStatistics statistics() {
    return statistics;
  }

  /** Frames of the shortest film. */
  public int shortest() {
    return shortest;
  }

  /** Seconds between frames, from the files or else from the configuration. */
  public double dt() {
    return set.dt() > 0 ? set.dt() : config.data().dt();
  }

  /** The range of the films' lengths, as text. */
  public String lengths() {
    return shortest == longest ? Integer.toString(shortest) : shortest + " to " + longest;
  }

  /** How frames of other sizes were resized, as text. */
  public String fit() {
    return config.data().fit().equals(DataConfig.LETTERBOX)
        ? "whole frames with black beside them"
        : "squares from the middle (all of a frame: --set data.fit=letterbox)";
  }

  /** Time between frames, as text. */
  public String time() {
    return set.dt() > 0
        ? BigDecimal.valueOf(set.dt())
                .round(new MathContext(6))
                .stripTrailingZeros()
                .toPlainString()
            + " s, as the files say"
        : "unknown, assumed to be " + config.data().dt() + " s (change by --set data.dt=SECONDS)";
  }

  /** Likely problems, each with a remedy. */
  public List<String> problems() {
    List<String> problems = new ArrayList<>();
    int window = window();
    int needed = (window - 1) * config.data().every() + 1;
    if (set.count() < FEWEST) {
      problems.add(
          "too few films to hold some out for tests: cut long ones into several, or test on"
              + " the training films with data.test-share=0");
    } else if (set.count() < FEW) {
      problems.add(
          set.count()
              + " films are few: expect the model to overfit; some hundreds are"
              + " better");
    }
    if (frames == 0) {
      problems.add("no film has two frames to learn from: give longer films");
    } else if (isShort()) {
      problems.add(
          "too few films are as long as the "
              + needed
              + " frames of a window; the command below asks for shorter ones");
    } else if (shortest < needed) {
      problems.add(
          "some films are shorter than the " + needed + " frames of a window and will not be used");
    }
    double noise = statistics.noise();
    if (statistics.meanFrame() < 1.5 * noise || statistics.meanFrame() < 1e-6) {
      problems.add(
          "almost nothing moves: take every n-th frame with data.every, or film from nearer");
    }
    if (statistics.repeated() > MUCH_REPEATED) {
      problems.add(
          Math.round(100 * statistics.repeated())
              + " % of the frames equal the ones before: the frame rate is too high, or a converter"
              + " repeated frames; take every n-th frame with data.every=2 or more");
    }
    if (statistics.drift() > MUCH_DRIFT) {
      problems.add(
          String.format(
              Locale.ROOT,
              "brightness drifts by %.0f %% of white along a film: fix exposure and light, or take shorter films",
              100 * statistics.drift()));
    }
    if (statistics.hasCut()) {
      problems.add(
          "there seems to be a cut before "
              + statistics.cut()
              + ": the motion is interrupted there; split such films in two");
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
   * Returns command line options for {@code train}.
   *
   * @param path of the films
   * @param settings given by the user
   */
  public String advice(Path path, List<String> settings, boolean skipsDamaged) {
    StringBuilder words = new StringBuilder(" --films ").append(Shell.quote(path.toString()));
    settings.forEach(setting -> words.append(" --set ").append(Shell.quote(setting)));
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
}
