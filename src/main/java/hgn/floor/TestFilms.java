package hgn.floor;

import hgn.frames.RolloutGenerator;
import hgn.physics.PhasePath;

/** The measured films: the rollouts' motions, with the noise of the settings. */
final class TestFilms {
  private final RolloutGenerator rollouts;

  TestFilms(FloorSettings settings) {
    rollouts =
        settings.rollouts().withFrames(settings.clip().rolloutFrames()).withNoise(settings.sigma());
  }

  /** The true motion of a film. */
  PhasePath path(int film) {
    return rollouts.path(film);
  }

  /** The noisy states of a film. */
  PhasePath drawn(int film) {
    return rollouts.generate(film).drawn();
  }
}
