package hgn.train.nhf;

/**
 * The score of a flow on held-out points, in nats.
 *
 * @param entropy entropy of the target density, estimated on these points: the mean of -ln p
 * @param nll the flow's negative log-likelihood, importance weighted: the mean over points of -ln
 *     of the mean weight
 * @param elbo the evidence lower bound, below -nll
 * @param excess nll - entropy, an estimate of the divergence of the flow from the density
 * @param interval half width of the 95 % interval of {@code excess}, from paired points
 * @param points number of held-out points
 * @param draws momentum samples per point
 */
public record NhfScore(
    double entropy,
    double nll,
    double elbo,
    double excess,
    double interval,
    int points,
    int draws) {}
