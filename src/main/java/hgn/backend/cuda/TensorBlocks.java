package hgn.backend.cuda;

import hgn.tensor.Tensor;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.stream.IntStream;

/**
 * The division of up to {@link #MOST} tensors among the blocks of one launch, as in the kernels'
 * struct {@code TensorBlocks}.
 */
final class TensorBlocks {
  /** Tensors that fit the kernels' table, which the launch copies. */
  static final int MOST = 64;

  /** Elements of one tensor per block. */
  private static final long BLOCK = 4096;

  private static final int THREADS = 256;

  private final List<Tensor> tensors;
  private final int[] firstBlock = new int[MOST];
  private int blocks;

  TensorBlocks(List<Tensor> tensors) {
    this.tensors = tensors;
    for (int i = 0; i < tensors.size(); i++) {
      firstBlock[i] = blocks;
      blocks = Math.toIntExact(blocks + (tensors.get(i).shape().count() + BLOCK - 1) / BLOCK);
    }
  }

  /** The tensors in groups of at most {@link #MOST}, one for each launch. */
  static <T> List<List<T>> groups(List<T> all) {
    return IntStream.range(0, (all.size() + MOST - 1) / MOST)
        .mapToObj(k -> all.subList(k * MOST, Math.min((k + 1) * MOST, all.size())))
        .toList();
  }

  /** Returns the grid of all blocks. */
  Grid grid() {
    return Grid.of(blocks, THREADS);
  }

  /**
   * Returns the struct with the addresses of tensors of these sizes.
   *
   * @param columns lists of tensors, each with the number and sizes of the divided tensors
   */
  Arguments.Struct struct(List<List<Tensor>> columns) {
    return to -> {
      columns.forEach(column -> writeAddresses(column, to));
      for (int i = 0; i < MOST; i++) {
        to.putLong(i < tensors.size() ? tensors.get(i).shape().count() : 0);
      }
      for (int first : firstBlock) {
        to.putInt(first);
      }
      to.putInt(tensors.size());
    };
  }

  private static void writeAddresses(List<Tensor> column, ByteBuffer to) {
    for (int i = 0; i < MOST; i++) {
      to.putLong(i < column.size() ? Floats.of(column.get(i)).address() : 0);
    }
  }
}
