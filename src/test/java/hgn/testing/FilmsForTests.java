package hgn.testing;

import hgn.frames.Renderers;
import hgn.frames.RolloutGenerator;
import hgn.frames.Split;
import hgn.physics.Systems;
import hgn.report.Film;
import java.util.Random;

/** Real rollouts, and copies of them with noise like a decoder's errors. */
public final class FilmsForTests {
  private FilmsForTests() {}

  public static Film film(String label, String system, int frames) {
    var generator =
        new RolloutGenerator(
            Systems.byName(system),
            Renderers.byName("published", 32),
            frames,
            0.125,
            1,
            Split.TEST);
    return new Film(label, 32, generator.generate(3).frames());
  }

  public static Film noisy(String label, Film film, double sigma) {
    var random = new Random(5);
    float[] frames = film.frames().clone();
    for (int i = 0; i < frames.length; i++) {
      frames[i] += (float) (sigma * random.nextGaussian());
    }
    return new Film(label, film.resolution(), frames);
  }
}
