/**
 * Energies written on the tape. Of a {@link hgn.mechanics.TapeSystem} only H(t, q, p) and how it
 * looks have to be said: Hamilton's equations follow by differentiation, so a new system is one
 * class. The energies of the paper's systems are here too, for whatever wants them as functions of
 * variables: {@link hgn.mechanics.PaperEnergies}.
 */
package hgn.mechanics;
