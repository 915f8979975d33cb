package hgn.peer;

import hgn.model.Hgn;
import hgn.model.HgnSpec;
import java.util.List;
import org.bytedeco.pytorch.Tensor;

/** The networks of an {@link Hgn} in libtorch, with copies of its parameters. */
final class TorchHgn {
  private final HgnSpec spec;
  private final TorchParameters parameters;
  private final TorchEncoder encoder;
  private final List<TorchConv> transformer;
  private final TorchLeapfrog leapfrog;
  private final TorchDecoder decoder;

  /** Copies {@code model}. */
  TorchHgn(Hgn model) {
    spec = model.spec();
    parameters = new TorchParameters(model.parameters());
    encoder = new TorchEncoder(parameters, spec);
    transformer = TorchConv.stack(parameters, "transformer", spec.transformer());
    leapfrog = new TorchLeapfrog(new TorchEnergy(parameters, spec), Setting.DT);
    decoder = new TorchDecoder(parameters, spec);
  }

  /** z (N,C,H,W) to {@code count} states. */
  TorchLeapfrog.Motion imagine(Tensor z, int count) {
    Tensor state = TorchConv.through(transformer, z);
    int half = spec.phaseChannels();
    return leapfrog.rollout(state.narrow(1, 0, half), state.narrow(1, half, half), count);
  }

  /** The architecture. */
  HgnSpec spec() {
    return spec;
  }

  /** The parameters. */
  TorchParameters parameters() {
    return parameters;
  }

  /** The encoder. */
  TorchEncoder encoder() {
    return encoder;
  }

  /** The integrator. */
  TorchLeapfrog leapfrog() {
    return leapfrog;
  }

  /** The decoder. */
  TorchDecoder decoder() {
    return decoder;
  }
}
