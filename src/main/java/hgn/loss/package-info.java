/** The losses of the models, and the weighting of their terms. */
package hgn.loss;
