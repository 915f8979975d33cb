package hgn.floor;

/**
 * Between what a model's error lies, whatever it sees: the noise, which nothing can predict, and
 * the best image that is the same for all frames of all films, which knows nothing of a film.
 *
 * @param noise mean variance of a frame given the true state
 * @param constant error of the mean of all frames
 */
public record Bounds(FloorEstimate noise, FloorEstimate constant) {
  /** Measured on the frames to give back of the settings' films; its particles do not matter. */
  public static Bounds of(FloorSettings settings) {
    TestFilms films = new TestFilms(settings);
    FilmScorer scorer = new FilmScorer(settings);
    double[] noise = new double[settings.films()];
    for (int film = 0; film < noise.length; film++) {
      noise[film] = scorer.noise(film, films.path(film));
    }
    return new Bounds(FloorEstimate.of(noise), Stills.of(settings, films).constant());
  }

  /** Where an error lies between the noise (0) and the constant image (1). */
  public double excess(double error) {
    return (error - noise.mean()) / (constant.mean() - noise.mean());
  }
}
