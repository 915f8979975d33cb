/** Layers, their parameters and the optimiser: what networks are put together from. */
package hgn.nn;
