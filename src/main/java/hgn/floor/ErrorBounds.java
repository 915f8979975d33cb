package hgn.floor;

/**
 * Bounds of a model's error, whatever its input: the unpredictable noise, and the best constant
 * image for all frames of all films.
 *
 * @param noise mean variance of a frame given the true state
 * @param constant error of the mean of all frames
 */
public record ErrorBounds(FloorEstimate noise, FloorEstimate constant) {
  /** Measures the bounds on the target frames of the settings' films; particles are not used. */
  public static ErrorBounds of(FloorSettings settings) {
    TestFilms films = new TestFilms(settings);
    FilmScorer scorer = new FilmScorer(settings);
    double[] noise = new double[settings.films()];
    for (int film = 0; film < noise.length; film++) {
      noise[film] = scorer.noise(film, films.path(film));
    }
    return new ErrorBounds(FloorEstimate.of(noise), StaticBaselines.of(settings, films).constant());
  }

  /** Position of an error between the noise (0) and the constant image (1). */
  public double excess(double error) {
    return (error - noise.mean()) / (constant.mean() - noise.mean());
  }
}
