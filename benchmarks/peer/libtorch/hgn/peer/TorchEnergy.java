package hgn.peer;

import hgn.model.HgnSpec;
import java.util.List;
import org.bytedeco.pytorch.BoolOptional;
import org.bytedeco.pytorch.GradMode;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorVector;
import org.bytedeco.pytorch.global.torch;

/** H(q, p), see {@link hgn.model.HamiltonianNet}, and its partial derivatives by autograd. */
final class TorchEnergy {
  private final List<TorchConv> layers;
  private final int channels;

  TorchEnergy(TorchParameters parameters, HgnSpec spec) {
    layers = TorchConv.stack(parameters, "hamiltonian", spec.hamiltonian());
    channels = spec.phaseChannels();
  }

  /** dH/dq at (q, p); recorded, to be differentiated again, where the graph is on. */
  Tensor dHdq(Tensor q, Tensor p) {
    return partial(q, p, 0);
  }

  /** dH/dp at (q, p); recorded, to be differentiated again, where the graph is on. */
  Tensor dHdp(Tensor q, Tensor p) {
    return partial(q, p, channels);
  }

  /**
   * The derivative by the joined state, since that by q would be a total one where p was computed
   * from q; from channel {@code first} on.
   */
  private Tensor partial(Tensor q, Tensor p, int first) {
    boolean records = GradMode.is_enabled();
    return Scope.only(
        () -> {
          Tensor joined = torch.cat(new TensorVector(q, p), 1);
          Tensor state = records ? joined : joined.detach();
          if (!state.requires_grad()) {
            state.set_requires_grad(true);
          }
          return gradient(state, records).narrow(1, first, channels);
        });
  }

  private Tensor gradient(Tensor state, boolean records) {
    GradMode.set_enabled(true);
    try {
      // samples do not see each other: the sum's gradient holds that of each
      Tensor energy = TorchConv.through(layers, state).sum();
      TensorVector ones = new TensorVector();
      return torch
          .grad(
              new TensorVector(energy),
              new TensorVector(state),
              ones,
              new BoolOptional(),
              records,
              false)
          .get(0);
    } finally {
      GradMode.set_enabled(records);
    }
  }
}
