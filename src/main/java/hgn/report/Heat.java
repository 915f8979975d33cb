package hgn.report;

/** A monotonically darkening colour scale from white over yellow, orange and red to near black. */
final class Heat {
  private static final double[][] STOPS = {
    {255, 255, 255}, {254, 224, 139}, {244, 132, 73}, {196, 43, 66}, {94, 10, 82}, {24, 5, 40}
  };

  private Heat() {}

  /** The colour of a value in [0, 1], as 0xRRGGBB; values outside are clipped. */
  static int rgb(double share) {
    double at = Math.max(0, Math.min(1, share)) * (STOPS.length - 1);
    int stop = Math.min((int) at, STOPS.length - 2);
    int rgb = 0;
    for (int c = 0; c < 3; c++) {
      double value = STOPS[stop][c] + (at - stop) * (STOPS[stop + 1][c] - STOPS[stop][c]);
      rgb = rgb << 8 | (int) Math.round(value);
    }
    return rgb;
  }
}
