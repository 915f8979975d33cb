package hgn.model;

import hgn.autograd.Var;
import hgn.autograd.ops.Layout;
import hgn.dynamics.Dynamics;
import hgn.dynamics.Euler;
import hgn.dynamics.Hamiltonian;
import hgn.dynamics.HamiltonianFlow;
import hgn.dynamics.Integrator;
import hgn.dynamics.PhaseState;
import hgn.dynamics.Trajectory;
import hgn.dynamics.VectorField;
import hgn.nn.Init;
import hgn.nn.Parameters;
import hgn.tensor.Shape;
import java.util.List;
import java.util.Optional;

/**
 * A Hamiltonian Neural Network on pixels (Greydanus et al. 2019): an autoencoder of pairs of
 * frames, and an energy of the latent states.
 *
 * <p>Its unit of time is the time between frames, as in its loss. It has no distribution of states,
 * so it takes no noise and cannot generate films.
 */
public final class Hnn implements FilmModel {
  /** Number of frames that a state is inferred from. */
  public static final int FRAMES = 2;

  private final HgnSpec spec;
  private final Parameters parameters;
  private final PairAutoencoder coder;
  private final Hamiltonian energy;
  private final Dynamics flow;
  private final VectorField field;
  private final double frameTime;

  private Hnn(
      HgnSpec spec,
      Parameters parameters,
      PairAutoencoder coder,
      Hamiltonian energy,
      Integrator integrator,
      double frameTime) {
    this.spec = spec;
    this.parameters = parameters;
    this.coder = coder;
    this.energy = energy;
    this.flow = new HamiltonianFlow(energy, integrator);
    this.field = new VectorField(energy);
    this.frameTime = frameTime;
  }

  /**
   * PixelHNN: dense layers, one q and one p.
   *
   * @param spec its frames and gain are used
   * @param parameters receives this model's parameters; must be empty
   * @param seed of the initial values
   * @param frameTime time between frames, in the unit of dt
   */
  public static Hnn dense(
      HgnSpec spec, Integrator integrator, Parameters parameters, long seed, double frameTime) {
    Init init = new Init(seed);
    PairAutoencoder coder =
        new DensePairAutoencoder(parameters, init, spec.frameSize(), spec.frameChannels());
    Hamiltonian energy = new DenseHamiltonian(parameters, init, spec.gain());
    return new Hnn(spec, parameters, coder, energy, integrator, frameTime);
  }

  /**
   * HNN (conv): the networks of the HGN, with an encoder that sees two frames.
   *
   * @param spec of the HGN
   * @param parameters receives this model's parameters; must be empty
   * @param seed of the initial values
   * @param frameTime time between frames, in the unit of dt
   * @throws IllegalArgumentException if its law is not Hamilton's
   */
  public static Hnn conv(
      HgnSpec spec, Integrator integrator, Parameters parameters, long seed, double frameTime) {
    Init init = new Init(seed);
    HgnSpec two = spec.seeing(FRAMES);
    PairAutoencoder coder = new ConvPairAutoencoder(parameters, init, two);
    Hamiltonian energy =
        Hgn.energy(two, parameters, init)
            .orElseThrow(
                () ->
                    new IllegalArgumentException(
                        "[hnn] the law is " + spec.dynamics() + "; it must be JOINT or SEPARABLE"));
    return new Hnn(two, parameters, coder, energy, integrator, frameTime);
  }

  /** Describes the kind of model that {@link #conv} builds for this architecture. */
  public static String variant(HgnSpec spec) {
    return spec.variant("hnn-conv");
  }

  /** The states at the second frames of pairs (N, height, width, 2 * colours). */
  public PhaseState encode(Var pairs) {
    return coder.encode(pairs);
  }

  /**
   * Decodes a state to the frames of its pair that the autoencoder reconstructs, (N, height, width,
   * frames * colours).
   */
  public Var restore(PhaseState state) {
    return coder.restore(state);
  }

  /** The target of {@link #restore}, sliced from pairs. */
  public Var restorable(Var pairs) {
    return last(pairs, coder.restored());
  }

  /** s + ds/dt: the state one frame later, by one Euler step. */
  public PhaseState afterFrame(PhaseState state) {
    return new Euler().step(field, state, 1);
  }

  /** The last frames of a stack along the channels. */
  private Var last(Var stacked, int frames) {
    int channels = frames * spec.frameChannels();
    int all = stacked.shape().dim(3);
    return all == channels ? stacked : Layout.slice(stacked, 3, all - channels, channels);
  }

  @Override
  public PhaseState infer(Var clips, Var noise) {
    return coder.encode(last(clips, FRAMES));
  }

  @Override
  public Optional<Posterior> posterior(Var clips) {
    return Optional.empty();
  }

  @Override
  public Optional<Shape> latent(int count) {
    return Optional.empty();
  }

  @Override
  public PhaseState imagine(Var z) {
    throw new UnsupportedOperationException(
        "[hnn] it has no distribution of states, and so no latents; use an HGN for that");
  }

  @Override
  public Trajectory rollout(PhaseState start, int count, double dt) {
    return Trajectory.of(flow.rollout(start, count, dt / frameTime));
  }

  @Override
  public Var decode(List<PhaseState> states) {
    Var q = Trajectory.of(states).positions();
    Var p = states.size() == 1 ? states.get(0).p() : Layout.concat(momenta(states), 0);
    return last(coder.restore(new PhaseState(q, p)), 1);
  }

  private static List<Var> momenta(List<PhaseState> states) {
    return states.stream().map(PhaseState::p).toList();
  }

  @Override
  public Optional<Hamiltonian> energy() {
    return Optional.of(energy);
  }

  @Override
  public int frameSize() {
    return spec.frameSize();
  }

  @Override
  public int frameChannels() {
    return spec.frameChannels();
  }

  @Override
  public Parameters parameters() {
    return parameters;
  }

  @Override
  public void close() {
    parameters.close();
  }
}
