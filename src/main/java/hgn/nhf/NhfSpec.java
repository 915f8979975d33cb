package hgn.nhf;

/**
 * Sizes of a flow.
 *
 * @param dimensions d, of the data and of the momenta
 * @param flows T, the number of energies, whose flows are composed
 * @param leapfrogSteps steps along the flow of each
 * @param dt step size
 * @param hidden units in each of the two hidden layers of every network
 */
public record NhfSpec(int dimensions, int flows, int leapfrogSteps, double dt, int hidden) {
  /**
   * Checks the sizes.
   *
   * @throws IllegalArgumentException if one is not positive
   */
  public NhfSpec {
    if (dimensions < 1 || flows < 1 || leapfrogSteps < 1 || hidden < 1 || !(dt > 0)) {
      throw new IllegalArgumentException(
          ("[flow] dimensions " + dimensions + ", flows " + flows + ", leapfrog steps ")
              + (leapfrogSteps + ", dt " + dt + ", hidden " + hidden + ": all must be positive"));
    }
  }
}
