/**
 * A training step written with libtorch, beside hgn4j's own in the same process: the same networks,
 * parameters and data, checked against each other and timed in turn.
 */
package hgn.peer;
