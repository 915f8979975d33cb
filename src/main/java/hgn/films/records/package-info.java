/** Films in TFRecord files, as DeepMind's Hamiltonian dynamics suite has them. */
package hgn.films.records;
