/** Configuration, training, run folders and checkpoints. */
package hgn.train;
