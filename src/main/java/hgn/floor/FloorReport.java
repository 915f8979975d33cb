package hgn.floor;

import java.util.List;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;

/**
 * The achievable errors on a set of films, as mean squared errors per pixel. Errors of predictors
 * that see the clip include only films with enough effective motions.
 *
 * @param noise variance of a frame given the true state: a lower bound for any predictor that does
 *     not see the target frames
 * @param bayes error of the posterior mean film: the minimum for a predictor that does not see the
 *     target frames
 * @param single error of the best single motion
 * @param sample error of a motion sampled from the posterior
 * @param constant error of the best constant image for all films
 * @param meanFrame error of each film's own mean frame
 * @param persistence error of each film's first frame, repeated
 * @param effective independent motions found for a film
 * @param thin films on which too few were found, which the three errors leave out
 */
public record FloorReport(
    FloorEstimate noise,
    FloorEstimate bayes,
    FloorEstimate single,
    FloorEstimate sample,
    FloorEstimate constant,
    FloorEstimate meanFrame,
    FloorEstimate persistence,
    FloorEstimate effective,
    List<Thin> thin) {
  /**
   * A film with too few effective motions.
   *
   * @param film its index
   * @param effective effective number of motions
   */
  public record Thin(int film, double effective) {}

  static FloorReport of(List<FilmErrorBounds> films, StaticBaselines stills) {
    List<FilmErrorBounds> trusted = films.stream().filter(FilmErrorBounds::enough).toList();
    List<Thin> thin =
        IntStream.range(0, films.size())
            .filter(i -> !films.get(i).enough())
            .mapToObj(i -> new Thin(i, films.get(i).effective()))
            .toList();
    return new FloorReport(
        mean(films, FilmErrorBounds::noise),
        mean(trusted, FilmErrorBounds::bayes),
        mean(trusted, FilmErrorBounds::single),
        mean(trusted, FilmErrorBounds::sample),
        stills.constant(),
        stills.meanFrame(),
        stills.persistence(),
        mean(films, FilmErrorBounds::effective),
        thin);
  }

  private static FloorEstimate mean(
      List<FilmErrorBounds> films, ToDoubleFunction<FilmErrorBounds> value) {
    return FloorEstimate.of(films.stream().mapToDouble(value).toArray());
  }

  /**
   * Scales a model's error to noise (0) and best constant image (1): (error - noise) / (constant -
   * noise).
   */
  public double excess(double error) {
    return new ErrorBounds(noise, constant).excess(error);
  }
}
