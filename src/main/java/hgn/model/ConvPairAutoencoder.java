package hgn.model;

import hgn.autograd.Var;
import hgn.dynamics.PhaseState;
import hgn.nn.Conv2d;
import hgn.nn.Init;
import hgn.nn.Parameters;

/**
 * The networks of the HGN as an autoencoder: encoder (its mean only) and transformer infer the
 * state, and the decoder draws the second frame from its q.
 */
final class ConvPairAutoencoder implements PairAutoencoder {
  private final EncoderTrunk trunk;
  private final Conv2d mean;
  private final Transformer transformer;
  private final Decoder decoder;

  /**
   * Adds the networks {@code encoder}, {@code transformer} and {@code decoder} to {@code
   * parameters}.
   *
   * @param spec architecture with an encoder that sees two frames
   */
  ConvPairAutoencoder(Parameters parameters, Init init, HgnSpec spec) {
    trunk = new EncoderTrunk(parameters, init, spec);
    mean = Encoder.head(parameters, init, "encoder.mean", trunk.outputs(), spec);
    transformer = new Transformer(parameters, init, spec);
    decoder = new Decoder(parameters, init, spec);
  }

  @Override
  public PhaseState encode(Var pairs) {
    return transformer.apply(mean.apply(trunk.apply(pairs)));
  }

  @Override
  public Var restore(PhaseState state) {
    return decoder.apply(state.q());
  }

  @Override
  public int restored() {
    return 1;
  }
}
