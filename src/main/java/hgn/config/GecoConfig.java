package hgn.config;

/**
 * Generalised ELBO with constrained optimisation, section {@code train.geco}. The constraint is C =
 * MSE - tolerance^2 with moving average C_ma. Each step multiplies lambda by exp(rate C_ma).
 *
 * @param tolerance accepted root mean squared error
 * @param alpha weight of the past in the moving average
 * @param rate adaptation rate of lambda
 * @param lambda initial multiplier
 */
public record GecoConfig(
    @Range(above = 0) double tolerance,
    @Range(min = 0, below = 1) double alpha,
    @Range(min = 0) double rate,
    @Range(min = 1e-10, max = 1e10) double lambda) {}
