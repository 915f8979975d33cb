package hgn.model;

import hgn.autograd.Var;
import hgn.dynamics.PhaseState;

/** The autoencoder of an {@link Hnn}: two frames, one after the other, to a state and back. */
interface PairCoder {
  /** The states at the second frames of pairs (N, height, width, 2 * colours). */
  PhaseState encode(Var pairs);

  /** The frames that a state gives back, (N, height, width, {@link #restored} * colours). */
  Var restore(PhaseState state);

  /** How many frames of a pair a state gives back; the last one always. */
  int restored();
}
