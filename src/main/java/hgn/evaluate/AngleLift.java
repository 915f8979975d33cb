package hgn.evaluate;

/**
 * Maps learnt angles and their momenta to the plane: (theta, p) becomes
 *
 * <pre>
 * x = cos theta, y = sin theta, p_x = -p sin theta, p_y = p cos theta,
 * </pre>
 *
 * the cotangent lift of the circle into the plane, a canonical map without a jump at 2 pi.
 *
 * @param count number of coordinates of q that are angles; they come first
 */
record AngleLift(int count) {
  /** Returns the state (q, p) with two components for each angle and its momentum. */
  double[] of(double[] state) {
    int size = state.length / 2;
    int lifted = size + count;
    double[] points = new double[2 * lifted];
    for (int i = 0; i < count; i++) {
      double cos = Math.cos(state[i]);
      double sin = Math.sin(state[i]);
      points[2 * i] = cos;
      points[2 * i + 1] = sin;
      points[lifted + 2 * i] = -state[size + i] * sin;
      points[lifted + 2 * i + 1] = state[size + i] * cos;
    }
    int rest = size - count;
    System.arraycopy(state, count, points, 2 * count, rest);
    System.arraycopy(state, size + count, points, lifted + 2 * count, rest);
    return points;
  }
}
