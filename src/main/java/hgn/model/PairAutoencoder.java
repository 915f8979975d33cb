package hgn.model;

import hgn.autograd.Var;
import hgn.dynamics.PhaseState;

/** The autoencoder of an {@link Hnn}: encodes two consecutive frames to a state and decodes it. */
interface PairAutoencoder {
  /** The states at the second frames of pairs (N, height, width, 2 * colours). */
  PhaseState encode(Var pairs);

  /** Decodes a state to frames (N, height, width, {@link #restored} * colours). */
  Var restore(PhaseState state);

  /** How many frames of a pair are reconstructed, counted from the last. */
  int restored();
}
