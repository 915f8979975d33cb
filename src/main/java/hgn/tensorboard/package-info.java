/**
 * A training for TensorBoard: event files, written by hand as protocol buffers in TFRecord files.
 * What a training computes does not depend on them.
 */
package hgn.tensorboard;
