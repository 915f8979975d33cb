package hgn.physics;

/**
 * The settings of an experiment other than the dynamics.
 *
 * @param name the name by which a configuration asks for the system
 * @param noise standard deviation of the noise added to every coordinate before it is drawn
 * @param minRadius lower end of the range of the initial state's radius
 * @param maxRadius upper end of that range
 * @param worldHalfWidth w; the image shows [-w, w] x [-w, w]
 */
record Setting(
    String name, double noise, double minRadius, double maxRadius, double worldHalfWidth) {
  private static final String PRINTED = "-as-printed";

  /** The same setting under the name of the printed Hamiltonian. */
  Setting asPrinted() {
    return new Setting(name + PRINTED, noise, minRadius, maxRadius, worldHalfWidth);
  }

  /** The same setting with another noise. */
  Setting withNoise(double deviation) {
    return new Setting(name, deviation, minRadius, maxRadius, worldHalfWidth);
  }

  /** Whether this is the setting of a printed Hamiltonian. */
  boolean isPrinted() {
    return name.endsWith(PRINTED);
  }
}
