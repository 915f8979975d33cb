package hgn.config;

/**
 * Generalised ELBO with constrained optimisation, section {@code train.geco}: the constraint is C =
 * MSE - tolerance^2, its moving average C_ma, and lambda is multiplied by exp(rate C_ma) at each
 * step.
 *
 * @param tolerance root of the mean square error that is accepted
 * @param alpha weight of the past in the moving average
 * @param rate speed of lambda
 * @param lambda initial multiplier
 */
public record GecoConfig(
    @Range(above = 0) double tolerance,
    @Range(min = 0, below = 1) double alpha,
    @Range(min = 0) double rate,
    @Range(min = 1e-10, max = 1e10) double lambda) {}
