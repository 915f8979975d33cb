package hgn.peer;

import hgn.tensor.Shape;
import java.util.Map;

/** A peer's copy of a model, with the batch that it trains on. */
interface PeerModel {
  /**
   * Takes a training step.
   *
   * @param noise on z, (N,H,W,C) as {@code latent} says
   * @return the loss
   */
  double step(float[] noise, Shape latent);

  /** The last step's gradients by the parameters' names, in hgn4j's order of numbers. */
  Map<String, float[]> gradients();
}
