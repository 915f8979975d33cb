package hgn.floor;

import hgn.frames.RolloutGenerator;
import hgn.physics.PhasePath;

/** The films that are measured: the rollouts' motions, with noise of the settings' deviation. */
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

  /** The states with noise that a film shows. */
  PhasePath drawn(int film) {
    return rollouts.generate(film).drawn();
  }
}
