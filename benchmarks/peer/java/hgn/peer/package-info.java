/**
 * A training step written with PyTorch, in C++ or Python, beside hgn4j's own: the same networks,
 * the same numbers, in turn.
 */
package hgn.peer;
