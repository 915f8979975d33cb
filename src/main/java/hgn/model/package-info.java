/**
 * The Hamiltonian Generative Network and its parts. The model learns from pixels alone: this
 * package knows nothing about physical systems or how frames are drawn.
 */
package hgn.model;
