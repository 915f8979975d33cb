package hgn.nhf;

import static hgn.autograd.ops.Arithmetic.add;
import static hgn.autograd.ops.Arithmetic.sub;

import hgn.autograd.Var;
import hgn.autograd.ops.Reductions;
import hgn.nn.Init;
import hgn.nn.Parameters;
import hgn.tensor.Backend;
import hgn.tensor.DType;
import java.util.ArrayList;
import java.util.List;

/**
 * Neural Hamiltonian Flow (Toth et al. 2020, section 3.3): a density of q in R^d.
 *
 * <p>A sample s_0 = (q_0, p_0) of the prior N(0, I_2d) follows the flows of T learnt energies H_i =
 * K_i(p) + V_i(q) in turn, s_T = H_T(... H_1(s_0)). Each flow preserves volume, so the density
 * needs no Jacobian factor: p(q_T, p_T) = prior(s_0). An encoder f(p|q) draws the momenta that the
 * data lack, which gives a lower bound on the marginal density of q_T:
 *
 * <pre>
 * ln p(q_T) &gt;= E_{p_T ~ f(.|q_T)} [ ln prior(H_1^-1(... H_T^-1(q_T, p_T))) - ln f(p_T|q_T) ]
 * </pre>
 */
public final class NeuralHamiltonianFlow implements AutoCloseable {
  private final NhfSpec spec;
  private final Parameters parameters;
  private final List<NhfLeapfrog> flows = new ArrayList<>();
  private final MomentumEncoder encoder;

  /** A flow with initial parameters drawn under {@code seed}. */
  public NeuralHamiltonianFlow(NhfSpec spec, Backend backend, DType dtype, long seed) {
    this.spec = spec;
    this.parameters = new Parameters(backend, dtype);
    Init init = new Init(seed);
    int d = spec.dimensions();
    for (int i = 0; i < spec.flows(); i++) {
      NhfEnergy kinetic =
          new NhfEnergy(parameters, init, "flow" + i + ".kinetic", d, spec.hidden());
      NhfEnergy potential =
          new NhfEnergy(parameters, init, "flow" + i + ".potential", d, spec.hidden());
      flows.add(new NhfLeapfrog(kinetic, potential, spec.leapfrogSteps()));
    }
    this.encoder = new MomentumEncoder(parameters, init, d, spec.hidden());
  }

  /** Maps the prior to the data: s_T = H_T(... H_1(s_0)). */
  public NhfState push(NhfState s) {
    for (NhfLeapfrog flow : flows) {
      s = flow.apply(s, spec.dt());
    }
    return s;
  }

  /** The inverse of {@link #push}: the same steps backward, with -dt. */
  public NhfState pull(NhfState s) {
    for (int i = flows.size() - 1; i >= 0; i--) {
      s = flows.get(i).apply(s, -spec.dt());
    }
    return s;
  }

  /**
   * ln prior(s_0) - ln f(p_T|q_T) for one p_T = mu(q_T) + sigma(q_T) eps per point. Its mean over
   * eps is the lower bound; the mean of its exponential is the density p(q_T) itself.
   *
   * @param q points (N,d)
   * @param eps standard normal numbers (N,d)
   * @return (N,1)
   */
  public Var logWeights(Var q, Var eps) {
    MomentumEncoder.Draw draw = encoder.draw(q, eps);
    NhfState origin = pull(new NhfState(q, draw.p()));
    Var logPrior = add(Gaussians.logDensity(origin.q()), Gaussians.logDensity(origin.p()));
    return sub(logPrior, draw.logDensity());
  }

  /** The evidence lower bound, with one draw per point: the mean of {@link #logWeights}. */
  public Var elbo(Var q, Var eps) {
    return Reductions.mean(logWeights(q, eps));
  }

  /** The sizes of the flow. */
  public NhfSpec spec() {
    return spec;
  }

  /** All parameters. */
  public Parameters parameters() {
    return parameters;
  }

  @Override
  public void close() {
    parameters.close();
  }
}
