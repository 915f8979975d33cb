/** Neural Hamiltonian Flow: densities of q from learnt, volume-preserving flows of (q, p). */
package hgn.nhf;
