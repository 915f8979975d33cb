package hgn.floor;

/**
 * The achievable errors on one film, as mean squared errors per pixel.
 *
 * @param noise variance of a frame given the true state
 * @param bayes error of the posterior mean film given the clip
 * @param single error of the single motion nearest to that mean, averaged over the noise
 * @param sample error of a motion sampled from the posterior, averaged over the noise
 * @param effective effective number of independent motions
 * @param enough whether that suffices to trust the three errors
 */
record FilmErrorBounds(
    double noise, double bayes, double single, double sample, double effective, boolean enough) {}
