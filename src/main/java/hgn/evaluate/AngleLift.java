package hgn.evaluate;

/**
 * Learnt coordinates that are angles, as points of the plane with the momenta that belong to them:
 * (theta, p) becomes
 *
 * <pre>
 * x = cos theta, y = sin theta, p_x = -p sin theta, p_y = p cos theta,
 * </pre>
 *
 * the cotangent lift of the circle into the plane, a canonical map that has no jump where the angle
 * begins anew.
 *
 * @param count how many coordinates of q are angles; they are the first ones
 */
record AngleLift(int count) {
  /** A state (q, p) with two numbers for each angle, and for its momentum. */
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
