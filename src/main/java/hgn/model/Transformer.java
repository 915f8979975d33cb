package hgn.model;

import hgn.autograd.Var;
import hgn.autograd.ops.Layout;
import hgn.nn.Init;
import hgn.nn.Parameters;
import java.util.List;

/** f_psi: z to the initial state, whose channels split evenly into q and p. */
public final class Transformer {
  private final ConvStack layers;

  /** Adds this network's parameters to {@code parameters}. */
  public Transformer(Parameters parameters, Init init, HgnSpec spec) {
    List<ConvSpec> exact = spec.transformer().stream().map(ConvSpec::exactly).toList();
    layers = new ConvStack(parameters, init, "transformer", spec.latent(), exact, 1);
  }

  /** z (N,H,W,C) to q and p. */
  public PhaseState apply(Var z) {
    Var state = layers.apply(z);
    int half = state.shape().dim(3) / 2;
    return new PhaseState(Layout.slice(state, 3, 0, half), Layout.slice(state, 3, half, half));
  }
}
