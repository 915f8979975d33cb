/** Training of Neural Hamiltonian Flows: steps, checkpoints, evaluation on held-out points. */
package hgn.train.nhf;
