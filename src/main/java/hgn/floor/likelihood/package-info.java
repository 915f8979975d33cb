/** Likelihoods of clips of noisy frames as functions of the bodies' positions. */
package hgn.floor.likelihood;
