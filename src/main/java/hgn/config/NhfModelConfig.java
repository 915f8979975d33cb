package hgn.config;

/**
 * A flow and the density that it learns, section {@code flow}.
 *
 * @param density name of a density
 * @param flows number of flow layers, each with a learnt energy
 * @param leapfrogSteps leapfrog steps per layer
 * @param dt step size
 * @param hidden units in each hidden layer
 */
public record NhfModelConfig(
    @OneOf(Choices.DENSITIES) String density,
    @Range(min = 1, max = 64) int flows,
    @Range(min = 1, max = 64) int leapfrogSteps,
    @Range(above = 0, max = 10) double dt,
    @Range(min = 1, max = 4096) int hidden) {}
