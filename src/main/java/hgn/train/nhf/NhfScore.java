package hgn.train.nhf;

/**
 * A flow measured on held-out points, in nats.
 *
 * @param entropy of the density on these points: the mean of -ln p
 * @param nll the flow's negative log-likelihood, importance weighted: the mean of -ln of the
 *     weights' mean
 * @param elbo the evidence lower bound, below -nll
 * @param excess nll - entropy, an estimate of the divergence of the flow from the density
 * @param interval half the 95 % interval of {@code excess}, the points being the same for both
 * @param points held-out points
 * @param draws momenta drawn for each
 */
public record NhfScore(
    double entropy,
    double nll,
    double elbo,
    double excess,
    double interval,
    int points,
    int draws) {}
