package hgn.safetensors;

import hgn.tensor.Shape;

/**
 * Where one tensor lies in a safetensors file.
 *
 * @param name key of the tensor
 * @param type element type
 * @param shape dimensions, row-major
 * @param begin first byte, counted from the end of the header
 * @param end byte after the last
 */
public record SafetensorsEntry(
    String name, SafetensorsType type, Shape shape, long begin, long end) {}
