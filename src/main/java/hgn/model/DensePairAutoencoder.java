package hgn.model;

import hgn.autograd.Var;
import hgn.autograd.ops.Arithmetic;
import hgn.autograd.ops.Layout;
import hgn.dynamics.PhaseState;
import hgn.nn.Init;
import hgn.nn.Linear;
import hgn.nn.Parameters;
import hgn.tensor.Activation;
import hgn.tensor.Shape;
import java.util.List;

/**
 * The autoencoder of pixelHNN (Greydanus et al. 2019): dense layers from the pixels of both frames
 * through three layers of 200 to one q and one p, and back in mirror image. Each inner layer is
 * residual: h + relu(W h + b).
 */
final class DensePairAutoencoder implements PairAutoencoder {
  private static final int HIDDEN = 200;
  private static final int STATE = 2;

  private final Shape pair;
  private final Half down;
  private final Half up;

  /** Adds the networks {@code encoder} and {@code decoder} to {@code parameters}. */
  DensePairAutoencoder(Parameters parameters, Init init, int frameSize, int colours) {
    pair = Shape.of(1, frameSize, frameSize, 2 * colours);
    int pixels = Math.toIntExact(pair.count());
    down = new Half(parameters, init, "encoder", pixels, STATE);
    up = new Half(parameters, init, "decoder", STATE, pixels);
  }

  @Override
  public PhaseState encode(Var pairs) {
    int count = pairs.shape().dim(0);
    int pixels = Math.toIntExact(pair.count());
    return PhaseState.split(down.apply(Layout.reshape(pairs, Shape.of(count, pixels))));
  }

  @Override
  public Var restore(PhaseState state) {
    Var flat = up.apply(Layout.concat(List.of(state.q(), state.p()), 1));
    return Layout.reshape(flat, pair.with(0, flat.shape().dim(0)));
  }

  @Override
  public int restored() {
    return 2;
  }

  /** Four dense layers, the inner two of which are residual. */
  private static final class Half {
    private final Linear first;
    private final Linear second;
    private final Linear third;
    private final Linear last;

    Half(Parameters parameters, Init init, String name, int inputs, int outputs) {
      Activation relu = Activation.RELU;
      first = new Linear(parameters, init, name + ".0", inputs, HIDDEN, relu, 1);
      second = new Linear(parameters, init, name + ".1", HIDDEN, HIDDEN, relu, 1);
      third = new Linear(parameters, init, name + ".2", HIDDEN, HIDDEN, relu, 1);
      last = new Linear(parameters, init, name + ".3", HIDDEN, outputs, Activation.IDENTITY, 1);
    }

    Var apply(Var x) {
      Var h = first.apply(x);
      h = Arithmetic.add(h, second.apply(h));
      h = Arithmetic.add(h, third.apply(h));
      return last.apply(h);
    }
  }
}
