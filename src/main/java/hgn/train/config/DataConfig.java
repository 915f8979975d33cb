package hgn.train.config;

import hgn.physics.PhysicalSystem;
import hgn.physics.Systems;

/**
 * The data, section {@code data}.
 *
 * @param system physical system: a name, or the class of one's own
 * @param asPrinted whether it moves by the Hamiltonian that the paper prints, misprints included
 * @param renderer how frames are drawn
 * @param noise standard deviation of the noise on states before they are drawn
 * @param trainRollouts rollouts to learn from
 * @param testRollouts rollouts to measure on
 * @param dt time between frames, in seconds
 * @param seed seed of initial states and noise
 * @param workers threads that make rollouts; 0 means one a processor
 */
public record DataConfig(
    @OneOf(Choices.SYSTEMS) String system,
    boolean asPrinted,
    @OneOf(Choices.RENDERERS) String renderer,
    Noise noise,
    @Range(min = 1) int trainRollouts,
    @Range(min = 1) int testRollouts,
    @Range(above = 0) double dt,
    long seed,
    @Range(min = 0, max = 1024) int workers) {
  /**
   * Checks what no key can know alone.
   *
   * @throws ConfigException if there is no such system, or it has no printed form
   */
  public DataConfig {
    try {
      Systems.byName(system, asPrinted);
    } catch (IllegalArgumentException unusable) {
      throw new ConfigException("data.system: " + unusable.getMessage());
    }
  }

  /** The physical system. */
  public PhysicalSystem filmed() {
    return Systems.byName(system, asPrinted);
  }
}
