/**
 * Neural Hamiltonian Flow: densities of q made by learnt motions of (q, p), which preserve volume.
 */
package hgn.nhf;
