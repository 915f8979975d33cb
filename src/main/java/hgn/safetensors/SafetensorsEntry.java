package hgn.safetensors;

import hgn.tensor.Shape;
import java.util.List;

/**
 * The description of one tensor in a safetensors file.
 *
 * @param name key of the tensor
 * @param type element type
 * @param dims dimensions, row-major; with one of 0 the tensor is empty
 * @param begin offset of the first byte from the end of the header
 * @param end offset of the end, exclusive
 */
public record SafetensorsEntry(
    String name, SafetensorsType type, List<Integer> dims, long begin, long end) {
  public SafetensorsEntry {
    dims = List.copyOf(dims);
  }

  /** Whether it has no elements. */
  public boolean isEmpty() {
    return dims.contains(0);
  }

  /**
   * The shape.
   *
   * @throws IllegalArgumentException if it is {@linkplain #isEmpty() empty}
   */
  public Shape shape() {
    return Shape.of(dims.stream().mapToInt(Integer::intValue).toArray());
  }
}
