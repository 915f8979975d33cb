package hgn.floor;

import hgn.random.PhiloxRandom;
import hgn.random.Streams;

/** The random streams of the computation: one stream per film, one domain per use. */
enum Draws {
  /** Noise of films whose deviation differs from the system's. */
  NOISE,
  /** Motions that probe the system. */
  PROBES,
  /** Frames given one true state. */
  SAME_STATE,
  /** Frames of motions from the posterior. */
  FRAMES,
  /** Numbers that initial states draw beyond those chosen for them. */
  REST,
  /** Motions of an island; last, since each island of each attempt has its own domain. */
  ISLANDS;

  PhiloxRandom of(long seed, long film) {
    return of(seed, film, 0);
  }

  /** Generator {@code number} of this use; only the last use has more than one. */
  PhiloxRandom of(long seed, long film, int number) {
    return new PhiloxRandom(seed, Streams.FLOOR.at(film), ordinal() + number);
  }
}
