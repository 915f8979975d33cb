package hgn.floor;

import hgn.physics.PhasePath;
import hgn.random.PhiloxRandom;

/**
 * The errors of what a predictor can give back of one film, given the motions that are possible.
 *
 * <p>The mean film of all of them, noise included, has the least expected error. Any film F has its
 * error plus its squared distance from the mean film, so the best single motion is the one whose
 * own mean film is nearest to it: the nearest of {@link #CANDIDATES} drawn ones. The mean error of
 * these is that of a predictor that draws a motion. Means are of few draws; what they err by is
 * known, and subtracted.
 */
final class FilmScorer {
  /** Motions that a single one is chosen from. */
  static final int CANDIDATES = 48;

  /** Draws of the noise on each of these. */
  private static final int NOISES = 32;

  /** Draws of the noise at the true states, and on the nearest motion. */
  private static final int SAME = 64;

  private final FloorSettings settings;
  private final FrameArtist artist;
  private final int width;
  private final FrameMean mean;
  private final FrameMean all;

  /** For one thread. */
  FilmScorer(FloorSettings settings) {
    this.settings = settings;
    this.artist = new FrameArtist(settings);
    this.width = settings.rollouts().system().degreesOfFreedom();
    this.mean = new FrameMean(artist.frameLength());
    this.all = new FrameMean(artist.frameLength());
  }

  /** Mean variance of the frames to give back under the true states. */
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

  /** The errors on the film that shows the states {@code drawn}. */
  FilmFloor score(int film, double noise, PhasePath drawn, Posterior posterior) {
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
    return new FilmFloor(
        noise,
        bayes / frames,
        single,
        sample / frames,
        posterior.effective(),
        posterior.isEnough());
  }

  /**
   * Error of one motion, the noise averaged out: with other draws than those it was chosen by,
   * which were lucky ones.
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
