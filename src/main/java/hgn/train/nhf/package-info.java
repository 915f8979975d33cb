/** Training of flows: steps, checkpoints, what is measured on held-out points. */
package hgn.train.nhf;
