package hgn.physics;

import hgn.random.PhiloxRandom;

/**
 * A system of the paper with one coordinate and one yellow disc of radius 0.5; (q, p) starts
 * uniformly distributed on a circle.
 */
abstract class OneBody extends PaperSystem {
  OneBody(Setting setting) {
    super(setting, 1);
  }

  @Override
  public final double[] initialState(PhiloxRandom rng) {
    return InitialStates.onCircle(rng, rng.uniform(minRadius(), maxRadius()));
  }

  @Override
  public final int bodies() {
    return 1;
  }

  @Override
  public final boolean staysInPicture() {
    return true;
  }

  @Override
  public final double bodyRadius(int body) {
    return 0.5;
  }

  @Override
  public final int bodyColour(int body) {
    return 0;
  }
}
