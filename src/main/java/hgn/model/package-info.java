/**
 * The Hamiltonian Generative Network and its parts. The model learns from pixels alone: nothing
 * here knows a physical system or how a frame is drawn.
 */
package hgn.model;
