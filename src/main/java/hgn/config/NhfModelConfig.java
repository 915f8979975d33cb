package hgn.config;

/**
 * A flow and the density that it learns, section {@code flow}.
 *
 * @param density name of a density
 * @param flows learnt energies in a row
 * @param leapfrogSteps steps along the motion of each
 * @param dt length of a step
 * @param hidden units in each hidden layer
 */
public record NhfModelConfig(
    @OneOf(Choices.DENSITIES) String density,
    @Range(min = 1, max = 64) int flows,
    @Range(min = 1, max = 64) int leapfrogSteps,
    @Range(above = 0, max = 10) double dt,
    @Range(min = 1, max = 4096) int hidden) {}
