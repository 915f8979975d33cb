package hgn.floor;

/**
 * What can be had of one film, as mean squared errors of a pixel.
 *
 * @param noise variance of a frame given the true state
 * @param bayes error of the mean of all films that the clip leaves possible
 * @param single error of the one motion nearest to that mean, with the noise averaged out
 * @param sample error of a motion drawn from those possible, with the noise averaged out
 * @param effective how many independent motions the possible ones were worth
 * @param enough whether that is enough to trust the three errors
 */
record FilmFloor(
    double noise, double bayes, double single, double sample, double effective, boolean enough) {}
