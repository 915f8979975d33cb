package hgn.films;

import java.util.Arrays;

/**
 * Statistics of a set of films that show what can be learnt from them. Errors are mean squared
 * errors per pixel and channel.
 */
public final class FilmStatistics {
  /** Maximum number of films examined, spread over the set. */
  private static final int MAX_FILMS = 500;

  /** Maximum number of frames examined in each, from the start. */
  private static final int MAX_FRAMES = 512;

  /** Sum of the squared weights 1, -3, 3, -1 of the third difference. */
  private static final double THIRD_DIFFERENCE = 20;

  private static final int ORDER = 3;

  /** Frames that differ by less than half an 8-bit level are equal. */
  private static final double SAME = 0.5 / 255;

  /** A frame whose difference from the one before exceeds the usual by this factor is a cut. */
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

  /** Computes the statistics of a set. */
  public static FilmStatistics of(FilmSet set) {
    FilmStatistics statistics = new FilmStatistics(set);
    int films = Math.min(MAX_FILMS, set.count());
    for (int i = 0; i < films; i++) {
      statistics.look((int) ((long) i * set.count() / films));
    }
    return statistics;
  }

  private void look(int film) {
    int length = Math.min(MAX_FRAMES, set.frames(film));
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
    int quarter = Math.max(1, length / 4);
    drift += Math.abs(brightness(shown, length - quarter, length) - brightness(shown, 0, quarter));
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

  /** Error of predicting the mean of all frames of all films. */
  public double constantImage() {
    double total = 0;
    for (int i = 0; i < pixels; i++) {
      double mean = sum[i] / frames;
      total += squares[i] / frames - mean * mean;
    }
    return Math.max(0, total / pixels);
  }

  /** Error of predicting each film's mean frame. */
  public double meanFrame() {
    return meanFrame / frames;
  }

  /** Error of repeating each film's first frame (persistence baseline). */
  public double persistence() {
    return held / frames;
  }

  /**
   * Noise variance, estimated from third differences in time: the median over pixels, most of which
   * see no motion. 0 for films shorter than four frames.
   */
  public double noise() {
    if (jitters == 0) {
      return 0;
    }
    double[] ordered = jitter.clone();
    Arrays.sort(ordered);
    return ordered[pixels / 2] / jitters;
  }

  /** Fraction of frames that equal the one before. */
  public double repeated() {
    return pairs == 0 ? 0 : (double) repeats / pairs;
  }

  /** Mean absolute difference in brightness between a film's first and last quarter. */
  public double drift() {
    return drift / looked;
  }

  /** Whether some film has a cut. */
  public boolean hasCut() {
    return cutFilm >= 0;
  }

  /** Location of the first cut, as text. */
  public String cut() {
    return "frame " + cutFrame + " of " + set.name(cutFilm);
  }
}
