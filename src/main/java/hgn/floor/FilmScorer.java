package hgn.floor;

import hgn.physics.PhasePath;
import hgn.random.PhiloxRandom;

/**
 * The achievable errors on one film, given motions from the posterior.
 *
 * <p>The posterior mean film, including noise, has the smallest expected error. The expected error
 * of any other film is this error plus its squared distance from the mean film. So the best single
 * motion is the one whose own mean film is nearest to it, chosen among {@link #CANDIDATES} samples.
 * The mean error of the samples is that of a predictor that samples a motion. The bias of means
 * over few draws is known and subtracted.
 */
final class FilmScorer {
  /** Sampled motions from which the best single one is chosen. */
  static final int CANDIDATES = 48;

  /** Noise samples for each of these. */
  private static final int NOISES = 32;

  /** Noise samples at the true states and on the nearest motion. */
  private static final int SAME = 64;

  private final FloorSettings settings;
  private final NoisyFrameRenderer artist;
  private final int width;
  private final FrameMean mean;
  private final FrameMean all;

  /** Not thread-safe. */
  FilmScorer(FloorSettings settings) {
    this.settings = settings;
    this.artist = new NoisyFrameRenderer(settings);
    this.width = settings.rollouts().system().degreesOfFreedom();
    this.mean = new FrameMean(artist.frameLength());
    this.all = new FrameMean(artist.frameLength());
  }

  /** Mean variance of the target frames given the true states. */
  double noise(int film, PhasePath path) {
    Clip clip = settings.clip();
    PhiloxRandom rng = Draws.SAME_STATE.of(settings.seed(), film);
    double sum = 0;
    for (int t = 0; t < clip.framesOut(); t++) {
      double[] state = path.state(clip.start() + t);
      draw(mean, SAME, i -> artist.draw(state, 0, rng));
      sum += mean.variance();
    }
    return sum / clip.framesOut();
  }

  private interface Drawing {
    float[] frame(int i);
  }

  private static void draw(FrameMean into, int count, Drawing drawing) {
    into.clear();
    for (int i = 0; i < count; i++) {
      into.add(drawing.frame(i));
    }
  }

  /** The errors on the film of the noisy states {@code drawn}. */
  FilmErrorBounds score(int film, double noise, PhasePath drawn, Posterior posterior) {
    PhiloxRandom rng = Draws.FRAMES.of(settings.seed(), film);
    int[] every = Weights.drawn(posterior.weights(), settings.particles(), rng);
    int[] few = Weights.drawn(posterior.weights(), CANDIDATES, rng);
    int frames = settings.clip().framesOut();
    double bayes = 0;
    double sample = 0;
    double[] distance = new double[few.length];
    for (int t = 0; t < frames; t++) {
      int at = t * width;
      float[] truth = truth(drawn, t);
      draw(all, every.length, i -> artist.draw(posterior.paths()[every[i]], at, rng));
      bayes += all.distance(truth) - all.uncertainty();
      for (int c = 0; c < few.length; c++) {
        double[] path = posterior.paths()[few[c]];
        draw(mean, NOISES, i -> artist.draw(path, at, rng));
        distance[c] += mean.distance(all) - mean.uncertainty();
        sample += (mean.distance(truth) - mean.uncertainty()) / few.length;
      }
    }
    int nearest = 0;
    for (int c = 0; c < few.length; c++) {
      nearest = distance[c] < distance[nearest] ? c : nearest;
    }
    double single = error(posterior.paths()[few[nearest]], drawn, rng);
    return new FilmErrorBounds(
        noise,
        bayes / frames,
        single,
        sample / frames,
        posterior.effective(),
        posterior.isEnough());
  }

  /**
   * Error of one motion, averaged over fresh noise samples, since those used for its selection are
   * biased.
   */
  private double error(double[] path, PhasePath drawn, PhiloxRandom rng) {
    int frames = settings.clip().framesOut();
    double sum = 0;
    for (int t = 0; t < frames; t++) {
      int at = t * width;
      float[] truth = truth(drawn, t);
      draw(mean, SAME, i -> artist.draw(path, at, rng));
      sum += mean.distance(truth) - mean.uncertainty();
    }
    return sum / frames;
  }

  private float[] truth(PhasePath drawn, int t) {
    return artist.draw(drawn.state(settings.clip().start() + t), 0).clone();
  }
}
