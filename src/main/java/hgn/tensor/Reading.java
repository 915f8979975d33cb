package hgn.tensor;

/** A tensor's elements on their way to the host, as they were when {@link Backend#read} asked. */
public interface Reading {
  /** Whether they are here, so that {@link #values} need not wait. */
  boolean hasArrived();

  /** The elements, row-major; waits for them. */
  double[] values();

  /** A reading that has arrived. */
  static Reading of(double[] values) {
    return new Reading() {
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
