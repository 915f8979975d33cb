package hgn.evaluate;

/**
 * A match of a disc's template with the residual of a frame, at whole pixels.
 *
 * @param column column of the centre
 * @param row row of the centre
 * @param amplitude least-squares amplitude of the template; 1 is the full disc
 * @param gain decrease of the sum of squares if the full disc is subtracted
 */
record DiscMatch(int column, int row, double amplitude, double gain) {
  /** Minimum visible fraction of a disc: at the picture's edge, slivers would match anything. */
  private static final double LEAST = 0.5;

  /** The match with the largest gain. */
  static DiscMatch best(DiscTemplate look, float[] rest, int resolution) {
    DiscMatch best = null;
    int stride = Math.max(1, (int) Math.sqrt(look.area() / Math.PI) / 2);
    for (int row = 0; row < resolution; row += stride) {
      for (int column = 0; column < resolution; column += stride) {
        DiscMatch match = at(look, rest, resolution, row, column);
        if (best == null || match.gain > best.gain) {
          best = match;
        }
      }
    }
    return best;
  }

  /** The largest |amplitude| anywhere: most excess or missing light in the shape of the disc. */
  static double strongest(DiscTemplate look, float[] rest, int resolution) {
    double strongest = 0;
    for (int row = 0; row < resolution; row++) {
      for (int column = 0; column < resolution; column++) {
        DiscMatch match = at(look, rest, resolution, row, column);
        strongest = Math.max(strongest, Math.abs(match.amplitude));
      }
    }
    return strongest;
  }

  private static DiscMatch at(
      DiscTemplate look, float[] rest, int resolution, int row, int column) {
    float[] template = look.template();
    double product = 0;
    double square = 0;
    double whole = 0;
    for (int k : look.core()) {
      int i = row + k / look.side() - look.reach();
      int j = column + k % look.side() - look.reach();
      boolean inside = i >= 0 && i < resolution && j >= 0 && j < resolution;
      for (int c = 0; c < DiscTemplate.COLOURS; c++) {
        double wanted = template[k * DiscTemplate.COLOURS + c];
        whole += wanted * wanted;
        if (inside) {
          product += wanted * rest[(i * resolution + j) * DiscTemplate.COLOURS + c];
          square += wanted * wanted;
        }
      }
    }
    return square < LEAST * whole
        ? new DiscMatch(column, row, 0, Double.NEGATIVE_INFINITY)
        : new DiscMatch(column, row, product / square, 2 * product - square);
  }

  /** Subtracts the full disc. */
  void subtract(DiscTemplate look, float[] rest, int resolution) {
    float[] template = look.template();
    for (int k : look.core()) {
      int i = row + k / look.side() - look.reach();
      int j = column + k % look.side() - look.reach();
      for (int c = 0; c < DiscTemplate.COLOURS; c++) {
        if (i >= 0 && i < resolution && j >= 0 && j < resolution) {
          rest[(i * resolution + j) * DiscTemplate.COLOURS + c] -=
              template[k * DiscTemplate.COLOURS + c];
        }
      }
    }
  }
}
