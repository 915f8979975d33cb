/** Layers, their parameters and the optimiser. */
package hgn.nn;
