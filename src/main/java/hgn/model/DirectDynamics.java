package hgn.model;

import hgn.autograd.Var;
import hgn.autograd.ops.Arithmetic;
import hgn.autograd.ops.Layout;
import hgn.dynamics.Dynamics;
import hgn.dynamics.PhaseState;
import hgn.nn.ConvSpec;
import hgn.nn.ConvStack;
import hgn.nn.Init;
import hgn.nn.Parameters;
import hgn.tensor.Activation;
import java.util.ArrayList;
import java.util.List;

/**
 * Integrator modelling: a network predicts the rates of q and p, without an energy,
 *
 * <pre>
 * (dq, dp) = f(q, p),  q' = q + dt dq,  p' = p + dt dp
 * </pre>
 *
 * <p>The layers are those of the Hamiltonian network, but with 3x3 windows that preserve the size
 * of the state, and a last layer of 2C linear filters instead of the energy's single filter.
 */
public final class DirectDynamics implements Dynamics {
  private final ConvStack layers;
  private final Angles angles;

  /** Adds this network's parameters to {@code parameters}. */
  public DirectDynamics(Parameters parameters, Init init, HgnSpec spec) {
    int channels = 2 * spec.phaseChannels();
    List<ConvSpec> sized = new ArrayList<>();
    boolean isPoint = spec.phaseSize() == 1; // around it there is only padding
    for (ConvSpec layer : spec.hamiltonian().subList(0, spec.hamiltonian().size() - 1)) {
      sized.add(layer(layer.filters(), layer.activation(), isPoint));
    }
    sized.add(layer(channels, Activation.IDENTITY, isPoint));
    angles = spec.angles();
    int inputs = spec.positionFeatures() + spec.phaseChannels();
    layers = new ConvStack(parameters, init, "dynamics", inputs, sized, spec.gain());
  }

  private static ConvSpec layer(int filters, Activation activation, boolean isPoint) {
    return (isPoint ? ConvSpec.dense(filters, activation) : ConvSpec.same(filters, 1, activation))
        .exactly();
  }

  /** Returns the rates dq and dp at a state, of the shape of q and p. */
  public PhaseState rates(PhaseState state) {
    return PhaseState.split(
        layers.apply(Layout.concat(List.of(angles.features(state.q()), state.p()), 3)));
  }

  @Override
  public List<PhaseState> rollout(PhaseState start, int count, double dt) {
    List<PhaseState> states = new ArrayList<>(count);
    states.add(start);
    for (int i = 1; i < count; i++) {
      PhaseState state = states.get(i - 1);
      PhaseState rates = rates(state);
      states.add(new PhaseState(moved(state.q(), rates.q(), dt), moved(state.p(), rates.p(), dt)));
    }
    return states;
  }

  private static Var moved(Var x, Var rate, double dt) {
    return Arithmetic.add(x, Arithmetic.scale(rate, dt));
  }
}
