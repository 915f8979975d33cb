/**
 * Sums over the shards of a batch, whichever ranks have them: in the host's memory, or on a device
 * whose numbers go to others through pinned memory or by a library such as NCCL. All have the same
 * bits.
 */
package hgn.train.sums;
