package hgn.films;

import hgn.random.Permutation;
import hgn.random.Streams;
import java.util.Arrays;
import java.util.Locale;
import java.util.stream.IntStream;

/**
 * A random split of films into training, validation and test sets.
 *
 * @param train indices of the training films
 * @param validation indices of the validation films
 * @param test indices of the test films
 */
public record FilmSplit(int[] train, int[] validation, int[] test) {
  /** Minimum number of films for three nonempty sets. */
  private static final int FEWEST = 3;

  /**
   * Splits films.
   *
   * @param share fraction of the films in the test set, and also in the validation set, but at
   *     least one film each; 0 to use all films in all sets
   * @throws IllegalArgumentException if there are too few films
   */
  public static FilmSplit of(int films, double share, long seed) {
    if (share == 0) {
      int[] all = IntStream.range(0, films).toArray();
      return new FilmSplit(all, all, all);
    }
    if (films < FEWEST) {
      throw new IllegalArgumentException(
          String.format(
                  Locale.ROOT,
                  "%d film%s cannot be split into training, validation and test, which share no film; give",
                  films,
                  films == 1 ? "" : "s")
              + " at least 3, cut a long one into several, or test on the training films"
              + " by data.test-share=0");
    }
    int held = Math.max(1, (int) Math.round(share * films));
    if (2 * held >= films) {
      throw new IllegalArgumentException(
          String.format(
                  Locale.ROOT,
                  "data.test-share = %s leaves none of %d films to train on, as validation takes as many;",
                  share,
                  films)
              + " lower it");
    }
    int[] order = Permutation.of(films, seed, Streams.FILMS.at(0));
    return new FilmSplit(
        Arrays.copyOfRange(order, 2 * held, films),
        Arrays.copyOfRange(order, held, 2 * held),
        Arrays.copyOf(order, held));
  }
}
