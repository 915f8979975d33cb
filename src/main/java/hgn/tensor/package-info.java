/**
 * Shapes, tensors, ownership of their memory, and the primitives that a backend provides.
 *
 * <p>Nothing here refers to a backend by name: {@link hgn.tensor.Backends} finds them through
 * {@link java.util.ServiceLoader}. Images are stored channels last, (batch, height, width,
 * channels); convolution weights are (kernel height, kernel width, inputs, outputs), so that a 1x1
 * convolution is a matrix product with the weight as stored.
 */
package hgn.tensor;
