package hgn.films;

import hgn.random.Permutation;
import hgn.random.Streams;
import java.util.Arrays;
import java.util.stream.IntStream;

/**
 * Which films are trained on, which ones settings are chosen by, and which are measured on: whole
 * films, in a random order of a seed's.
 *
 * @param train numbers of the films to train on
 * @param validation of those to choose by
 * @param test of those to measure on
 */
public record FilmSplit(int[] train, int[] validation, int[] test) {
  /** Fewest films of which each set has one. */
  private static final int FEWEST = 3;

  /**
   * Splits films.
   *
   * @param share of the films for the test, and as many for validation, but at least one each; 0 to
   *     use all films for everything
   * @throws IllegalArgumentException if there are too few films
   */
  public static FilmSplit of(int films, double share, long seed) {
    if (share == 0) {
      int[] all = IntStream.range(0, films).toArray();
      return new FilmSplit(all, all, all);
    }
    if (films < FEWEST) {
      throw new IllegalArgumentException(
          "%d film%s cannot be split into training, validation and test, which share no film; give"
                  .formatted(films, films == 1 ? "" : "s")
              + " at least 3, cut a long one into several, or measure on the films of the training"
              + " by data.test-share=0");
    }
    int held = Math.max(1, (int) Math.round(share * films));
    if (2 * held >= films) {
      throw new IllegalArgumentException(
          "data.test-share = %s leaves none of %d films to train on, as validation takes as many;"
                  .formatted(share, films)
              + " lower it");
    }
    int[] order = Permutation.of(films, seed, Streams.FILMS.at(0));
    return new FilmSplit(
        Arrays.copyOfRange(order, 2 * held, films),
        Arrays.copyOfRange(order, held, 2 * held),
        Arrays.copyOf(order, held));
  }
}
