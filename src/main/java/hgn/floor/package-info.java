/**
 * How far a model is from what is possible: the error of the best predictor that sees what the
 * encoder sees.
 *
 * <p>Noise and drawing are known, so the probability of a frame given a motion is too, and initial
 * states can be drawn from what they are given the clip. {@link hgn.floor.FloorMeasurement} does
 * it; the way through it: {@code TestFilms} (films) -&gt; {@code Sights} (likelihood of a clip)
 * -&gt; {@code Island} and {@code PosteriorSampler} (motions given the clip) -&gt; {@code
 * FilmScorer} (errors) -&gt; {@code FloorReport}.
 */
package hgn.floor;
