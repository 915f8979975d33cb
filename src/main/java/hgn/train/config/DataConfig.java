package hgn.train.config;

/**
 * The data, section {@code data}.
 *
 * @param system physical system
 * @param renderer how frames are drawn
 * @param trainRollouts rollouts to learn from
 * @param testRollouts rollouts to measure on
 * @param dt time between frames, in seconds
 * @param seed seed of initial states and noise
 * @param workers threads that make rollouts; 0 means one a processor
 */
public record DataConfig(
    @OneOf(Choices.SYSTEMS) String system,
    @OneOf(Choices.RENDERERS) String renderer,
    @Range(min = 1) int trainRollouts,
    @Range(min = 1) int testRollouts,
    @Range(above = 0) double dt,
    long seed,
    @Range(min = 0, max = 1024) int workers) {}
