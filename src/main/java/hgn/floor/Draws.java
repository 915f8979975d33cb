package hgn.floor;

import hgn.random.PhiloxRandom;
import hgn.random.Streams;

/** Who draws which of the computation's random numbers: one stream a film, one domain a use. */
enum Draws {
  /** Noise of films whose deviation is not that of the system. */
  NOISE,
  /** Motions that show what the system does. */
  PROBES,
  /** Frames under one true state. */
  SAME_STATE,
  /** Frames of motions that a clip leaves possible. */
  FRAMES,
  /** What initial states draw beyond the numbers chosen for them. */
  REST,
  /** Motions of an island; the last, since each island of each attempt has a domain. */
  ISLANDS;

  PhiloxRandom of(long seed, long film) {
    return of(seed, film, 0);
  }

  /** The {@code number}-th generator of this use; only the last use has more than one. */
  PhiloxRandom of(long seed, long film, int number) {
    return new PhiloxRandom(seed, Streams.FLOOR.at(film), ordinal() + number);
  }
}
