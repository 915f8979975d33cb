package hgn.model;

import hgn.autograd.Var;
import hgn.dynamics.PhaseState;
import hgn.nn.ConvSpec;
import hgn.nn.ConvStack;
import hgn.nn.Init;
import hgn.nn.Parameters;
import java.util.List;

/**
 * f_psi: maps z to the initial state, whose channels split evenly into q and p. In an architecture
 * without f_psi it has no layers, and z itself is split.
 */
public final class Transformer {
  private final ConvStack layers;
  private final Angles angles;

  /** Adds this network's parameters to {@code parameters}. */
  public Transformer(Parameters parameters, Init init, HgnSpec spec) {
    List<ConvSpec> exact = spec.transformer().stream().map(ConvSpec::exactly).toList();
    layers = new ConvStack(parameters, init, "transformer", spec.latent(), exact, 1);
    angles = spec.angles();
  }

  /** Maps z (N,H,W,C) to q and p. */
  public PhaseState apply(Var z) {
    return angles.state(layers.apply(z));
  }
}
