package hgn.films;

import java.util.Arrays;

/**
 * Numbers of a set of films, by which one sees what can be learnt from them. Errors are mean
 * squared ones of a pixel's channel.
 */
public final class FilmStatistics {
  /** Films that are looked at, at most, spread over the set. */
  private static final int MOST_FILMS = 500;

  /** Frames of each that are looked at, at most: the first ones. */
  private static final int MOST_FRAMES = 512;

  /** The sum of squares of the third difference's weights 1, -3, 3, -1. */
  private static final double THIRD_DIFFERENCE = 20;

  private static final int ORDER = 3;

  /** Frames that differ by less than half a level of a byte are the same. */
  private static final double SAME = 0.5 / 255;

  /** A frame that differs from the one before so many times more than others do is a cut. */
  private static final double CUT = 8;

  private final FilmSet set;
  private final int pixels;
  private final double[] sum;
  private final double[] squares;
  private final double[] jitter;
  private long frames;
  private long jitters;
  private long pairs;
  private long repeats;
  private double meanFrame;
  private double held;
  private double drift;
  private int looked;
  private int cutFilm = -1;
  private int cutFrame;

  private FilmStatistics(FilmSet set) {
    this.set = set;
    pixels = set.frameLength();
    sum = new double[pixels];
    squares = new double[pixels];
    jitter = new double[pixels];
  }

  /** Those of a set. */
  public static FilmStatistics of(FilmSet set) {
    FilmStatistics statistics = new FilmStatistics(set);
    int films = Math.min(MOST_FILMS, set.count());
    for (int i = 0; i < films; i++) {
      statistics.look((int) ((long) i * set.count() / films));
    }
    return statistics;
  }

  private void look(int film) {
    int length = Math.min(MOST_FRAMES, set.frames(film));
    float[][] shown = new float[length][pixels];
    for (int t = 0; t < length; t++) {
      set.read(film, t, shown[t], 0);
    }
    float[] mean = new float[pixels];
    for (float[] frame : shown) {
      for (int i = 0; i < pixels; i++) {
        mean[i] += frame[i] / length;
        sum[i] += frame[i];
        squares[i] += (double) frame[i] * frame[i];
      }
    }
    for (float[] frame : shown) {
      meanFrame += distance(frame, mean);
      held += distance(frame, shown[0]);
    }
    addJitter(shown);
    lookForCuts(film, shown);
    drift +=
        Math.abs(
            brightness(shown, length - length / 4, length)
                - brightness(shown, 0, Math.max(1, length / 4)));
    frames += length;
    looked++;
  }

  private void addJitter(float[][] shown) {
    for (int t = ORDER; t < shown.length; t++) {
      for (int i = 0; i < pixels; i++) {
        double third = shown[t][i] - 3 * shown[t - 1][i] + 3 * shown[t - 2][i] - shown[t - 3][i];
        jitter[i] += third * third / THIRD_DIFFERENCE;
      }
      jitters++;
    }
  }

  private void lookForCuts(int film, float[][] shown) {
    double[] steps = new double[Math.max(0, shown.length - 1)];
    for (int t = 0; t < steps.length; t++) {
      steps[t] = distance(shown[t + 1], shown[t]);
      pairs++;
      repeats += isSame(shown[t + 1], shown[t]) ? 1 : 0;
    }
    double[] ordered = steps.clone();
    Arrays.sort(ordered);
    double usual = ordered.length == 0 ? 0 : ordered[ordered.length * 3 / 4];
    for (int t = 0; t < steps.length && cutFilm < 0; t++) {
      if (usual > 0 && steps[t] > CUT * usual && steps[t] > SAME) {
        cutFilm = film;
        cutFrame = t + 1;
      }
    }
  }

  private static boolean isSame(float[] a, float[] b) {
    for (int i = 0; i < a.length; i++) {
      if (Math.abs(a[i] - b[i]) > SAME) {
        return false;
      }
    }
    return true;
  }

  private static double distance(float[] frame, float[] other) {
    double total = 0;
    for (int i = 0; i < frame.length; i++) {
      double difference = frame[i] - other[i];
      total += difference * difference;
    }
    return total / frame.length;
  }

  private static double brightness(float[][] shown, int from, int end) {
    double total = 0;
    for (int t = from; t < end; t++) {
      for (float value : shown[t]) {
        total += value;
      }
    }
    return end == from ? 0 : total / (end - from) / shown[0].length;
  }

  /** Error of one image for all frames of all films, their mean. */
  public double constantImage() {
    double total = 0;
    for (int i = 0; i < pixels; i++) {
      double mean = sum[i] / frames;
      total += squares[i] / frames - mean * mean;
    }
    return Math.max(0, total / pixels);
  }

  /** Error of each film's mean frame. */
  public double meanFrame() {
    return meanFrame / frames;
  }

  /** Error of each film's first frame, held. */
  public double persistence() {
    return held / frames;
  }

  /**
   * Variance of what no smooth motion explains, by third differences in time: the median over
   * pixels, of which most see nothing move. 0 of films shorter than four frames.
   */
  public double noise() {
    if (jitters == 0) {
      return 0;
    }
    double[] ordered = jitter.clone();
    Arrays.sort(ordered);
    return ordered[pixels / 2] / jitters;
  }

  /** Share of frames that are the same as the one before. */
  public double repeated() {
    return pairs == 0 ? 0 : (double) repeats / pairs;
  }

  /**
   * By how much the mean of a frame differs between a film's first and last quarter, on average.
   */
  public double drift() {
    return drift / looked;
  }

  /** Whether a film has a frame that is like no other beside it. */
  public boolean hasCut() {
    return cutFilm >= 0;
  }

  /** Where the first cut is. */
  public String cut() {
    return "frame " + cutFrame + " of " + set.name(cutFilm);
  }
}
