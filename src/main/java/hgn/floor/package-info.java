/**
 * The smallest achievable error: that of the optimal (Bayes) predictor with the encoder's input.
 *
 * <p>Noise and renderer are known, hence also the likelihood of a frame given a motion, and initial
 * states can be sampled from the posterior given a clip. {@link hgn.floor.FloorMeasurement} does
 * this. Data flow: {@code TestFilms} (films) -&gt; {@code Sights} (likelihood of a clip) -&gt;
 * {@code Island} and {@code PosteriorSampler} (motions given the clip) -&gt; {@code FilmScorer}
 * (errors) -&gt; {@code FloorReport}.
 */
package hgn.floor;
