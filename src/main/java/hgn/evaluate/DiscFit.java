package hgn.evaluate;

/**
 * How well a {@link SceneHypothesis} explains a frame; each number is for the worst body. The
 * limits lie between the values of right frames (rendered with noise, averaged over noise, or
 * reconstructed by a trained model) and those of wrong ones; {@code DiscCounterRates} in the tests
 * prints the numbers.
 *
 * @param visible fraction of a disc within the picture and not occluded. Below {@link
 *     #LEAST_VISIBLE} a disc counts as missing; otherwise a missing disc could hide behind another.
 *     99 % of true frames show 0.96 or more of every disc
 * @param unexplained sum of squares of the residual in the disc's window, relative to the geometric
 *     mean of two sums of squares of the disc alone: as rendered, and at the fitted sharpness.
 *     Averages over 32 draws of the noise leave 0.02, or up to 0.08 where the noise is wider than
 *     the disc, and a well learnt film leaves 0.01; one smeared over three radii leaves 0.09 to
 *     0.25, the data's mean frame 0.15 or more, a disc of half its light 0.2, one of another colour
 *     0.4
 * @param light absolute sum of the residual in the disc's window, relative to the disc's light. The
 *     sum separates faint small discs from wider ones, which squares do not
 * @param elsewhere largest amplitude of the disc's template anywhere in the residual: up to 0.06 in
 *     averages over noise, 0.2 if the noise is wider than the disc; 0.4 and more for half a disc
 *     too many or too few
 */
record DiscFit(double visible, double unexplained, double light, double elsewhere) {
  static final double LEAST_VISIBLE = 0.6;
  static final double MOST_UNEXPLAINED = 0.08;
  static final double MOST_LIGHT = 0.35;
  static final double MOST_ELSEWHERE = 0.3;

  /** Whether the frame shows each of the bodies once, and nothing else. */
  boolean right() {
    return visible >= LEAST_VISIBLE
        && unexplained <= MOST_UNEXPLAINED
        && light <= MOST_LIGHT
        && elsewhere <= MOST_ELSEWHERE;
  }

  /** Judges a scene against a frame's light. */
  static DiscFit of(SceneHypothesis scene, float[] light) {
    float[] rest = new float[light.length];
    scene.subtract(light, scene.everything(), rest);
    double visible = 1;
    double unexplained = 0;
    double lacking = 0;
    double elsewhere = 0;
    for (int b = 0; b < scene.bodies(); b++) {
      DiscTemplate look = scene.look(b);
      SceneHypothesis.Window window = scene.window(b, 0);
      visible = Math.min(visible, scene.visible(b));
      unexplained = Math.max(unexplained, squares(rest, window, scene) / scale(scene, b));
      lacking = Math.max(lacking, Math.abs(covered(rest, window, scene, look)) / look.area());
      elsewhere = Math.max(elsewhere, DiscMatch.strongest(look, rest, scene.resolution()));
    }
    return new DiscFit(visible, unexplained, lacking, elsewhere);
  }

  private static double scale(SceneHypothesis scene, int body) {
    return Math.sqrt(scene.look(body).energy(0) * scene.energy(body));
  }

  private static double squares(
      float[] rest, SceneHypothesis.Window window, SceneHypothesis scene) {
    double sum = 0;
    for (int i = window.top(); i < window.bottom(); i++) {
      for (int j = window.left(); j < window.right(); j++) {
        int pixel = (i * scene.resolution() + j) * DiscTemplate.COLOURS;
        for (int c = 0; c < DiscTemplate.COLOURS; c++) {
          sum += rest[pixel + c] * rest[pixel + c];
        }
      }
    }
    return sum;
  }

  /** The area in pixels of a disc of this colour with as much light. */
  private static double covered(
      float[] rest, SceneHypothesis.Window window, SceneHypothesis scene, DiscTemplate look) {
    double sum = 0;
    for (int i = window.top(); i < window.bottom(); i++) {
      for (int j = window.left(); j < window.right(); j++) {
        sum += look.coverage(rest, i * scene.resolution() + j);
      }
    }
    return sum;
  }
}
