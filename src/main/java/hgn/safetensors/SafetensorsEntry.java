package hgn.safetensors;

import hgn.tensor.Shape;

/**
 * The description of one tensor in a safetensors file.
 *
 * @param name key of the tensor
 * @param type element type
 * @param shape dimensions, row-major
 * @param begin offset of the first byte from the end of the header
 * @param end offset of the end, exclusive
 */
public record SafetensorsEntry(
    String name, SafetensorsType type, Shape shape, long begin, long end) {}
