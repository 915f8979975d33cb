/** The commands of {@code flow}: train, measure and sample a Neural Hamiltonian Flow. */
package hgn.cli.nhf;
