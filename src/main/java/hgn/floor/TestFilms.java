package hgn.floor;

import hgn.frames.RolloutGenerator;
import hgn.physics.Trajectory;

/**
 * The films that are measured: the rollouts' own where the noise is the system's; where it is
 * another, the same motions with noise of a stream of its own.
 */
final class TestFilms {
  private final FloorSettings settings;
  private final RolloutGenerator rollouts;

  TestFilms(FloorSettings settings) {
    this.settings = settings;
    this.rollouts = settings.rollouts().withFrames(settings.clip().rolloutFrames());
  }

  /** The true motion of a film. */
  Trajectory path(int film) {
    return rollouts.path(film);
  }

  /** The states with noise that a film shows. */
  Trajectory drawn(int film) {
    return settings.sigma() == rollouts.system().noise()
        ? rollouts.generate(film).drawn()
        : path(film).withNoise(Draws.NOISE.of(settings.seed(), film), settings.sigma());
  }
}
