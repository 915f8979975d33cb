/**
 * Energies on the tape. A {@link hgn.mechanics.TapeSystem} only has to define H(t, q, p) and its
 * appearance: Hamilton's equations follow by differentiation, so a new system is one class. The
 * energies of the paper's systems are here too, as functions of variables: {@link
 * hgn.mechanics.PaperEnergies}.
 */
package hgn.mechanics;
