package hgn.floor;

import java.util.List;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;

/**
 * What is possible on some films, as mean squared errors of a pixel; the errors of predictors that
 * see the clip are over the films on which enough motions were found.
 *
 * @param noise variance of a frame given the true state: no film that does not see the frames it
 *     gives back comes below it
 * @param bayes error of the mean of all films that the clip leaves possible: the least there is,
 *     where the frames to give back were not seen
 * @param single error of the best single motion
 * @param sample error of a motion drawn from those possible
 * @param constant error of the best image that is the same for all films
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
   * A film on which too few independent motions were found.
   *
   * @param film its number
   * @param effective how many there were
   */
  public record Thin(int film, double effective) {}

  static FloorReport of(List<FilmFloor> films, Stills stills) {
    List<FilmFloor> trusted = films.stream().filter(FilmFloor::enough).toList();
    List<Thin> thin =
        IntStream.range(0, films.size())
            .filter(i -> !films.get(i).enough())
            .mapToObj(i -> new Thin(i, films.get(i).effective()))
            .toList();
    return new FloorReport(
        mean(films, FilmFloor::noise),
        mean(trusted, FilmFloor::bayes),
        mean(trusted, FilmFloor::single),
        mean(trusted, FilmFloor::sample),
        stills.constant(),
        stills.meanFrame(),
        stills.persistence(),
        mean(films, FilmFloor::effective),
        thin);
  }

  private static FloorEstimate mean(List<FilmFloor> films, ToDoubleFunction<FilmFloor> value) {
    return FloorEstimate.of(films.stream().mapToDouble(value).toArray());
  }

  /**
   * A model's error between the noise (0) and the best constant image (1): (error - noise) /
   * (constant - noise).
   */
  public double excess(double error) {
    return new Bounds(noise, constant).excess(error);
  }
}
