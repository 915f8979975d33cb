package hgn.tensor;

/**
 * A copy of a tensor's elements on its way to the host, taken when {@link Backend#read} was called.
 */
public interface PendingDownload {
  /** Whether the elements have arrived, so that {@link #values} need not wait. */
  boolean hasArrived();

  /** The elements, row-major; waits for them. */
  double[] values();

  /** A reading that has arrived. */
  static PendingDownload of(double[] values) {
    return new PendingDownload() {
      @Override
      public boolean hasArrived() {
        return true;
      }

      @Override
      public double[] values() {
        return values;
      }
    };
  }
}
