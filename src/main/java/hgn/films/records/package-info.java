/** Films in TFRecord files of DeepMind's Hamiltonian dynamics suite. */
package hgn.films.records;
