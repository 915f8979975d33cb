package hgn.model;

import hgn.autograd.Var;
import hgn.dynamics.Dynamics;
import hgn.dynamics.Hamiltonian;
import hgn.dynamics.HamiltonianFlow;
import hgn.dynamics.Integrator;
import hgn.dynamics.PhaseState;
import hgn.dynamics.Trajectory;
import hgn.nn.Init;
import hgn.nn.Parameters;
import hgn.tensor.Backend;
import hgn.tensor.DType;
import hgn.tensor.Shape;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The Hamiltonian Generative Network: encodes frames to a latent, maps it to a state in phase
 * space, follows the flow of a learnt energy, and decodes states to frames.
 */
public final class Hgn implements FilmModel {
  private final HgnSpec spec;
  private final Parameters parameters;
  private final Encoder encoder;
  private final Transformer transformer;
  private final Optional<Hamiltonian> energy;
  private final Dynamics dynamics;
  private final Decoder decoder;

  /** The result of {@link #forward}: the posterior, the states and the frames decoded from them. */
  public record Output(Posterior posterior, List<PhaseState> states, Var frames) {}

  /** The result of {@link #infer}: the posterior and the states, starting at the inferred one. */
  public record Motion(Posterior posterior, Trajectory states) {}

  /**
   * A model with initial parameters drawn under {@code seed}.
   *
   * @param integrator computes the flow of the energy
   */
  public Hgn(HgnSpec spec, Integrator integrator, Backend backend, DType dtype, long seed) {
    this(spec, integrator, new Parameters(backend, dtype, variant(spec), Set.of()), seed);
  }

  /**
   * A model with initial parameters drawn under {@code seed}.
   *
   * @param parameters receives them; must be empty
   */
  public Hgn(HgnSpec spec, Integrator integrator, Parameters parameters, long seed) {
    this.spec = spec;
    this.parameters = parameters;
    Init init = new Init(seed);
    encoder = new Encoder(parameters, init, spec);
    transformer = new Transformer(parameters, init, spec);
    energy = energy(spec, parameters, init);
    dynamics =
        energy
            .<Dynamics>map(hamiltonian -> new HamiltonianFlow(hamiltonian, integrator))
            .orElseGet(() -> new DirectDynamics(parameters, init, spec));
    decoder = new Decoder(parameters, init, spec);
  }

  /** Describes the kind of model with this architecture. */
  public static String variant(HgnSpec spec) {
    return spec.variant("hgn");
  }

  /** The energy of an architecture; empty if its dynamics are direct. */
  static Optional<Hamiltonian> energy(HgnSpec spec, Parameters parameters, Init init) {
    return switch (spec.dynamics()) {
      case JOINT -> Optional.of(new HamiltonianNet(parameters, init, spec));
      case SEPARABLE -> Optional.of(new SeparableHamiltonian(parameters, init, spec));
      case DIRECT -> Optional.empty();
    };
  }

  /**
   * Reconstructs frames from a clip.
   *
   * @param clips (N, height, width, framesIn * colours)
   * @param noise standard normal of the shape of z, or null to take z = mean
   * @param times which frames to decode, counted from the inferred one, ascending
   * @param dt time between frames
   * @return with frames (times * N, height, width, colours), all samples of the first time come
   *     first
   */
  public Output forward(Var clips, Var noise, int[] times, double dt) {
    Motion motion = infer(clips, noise, times[times.length - 1] + 1, dt);
    Var frames = decode(Arrays.stream(times).mapToObj(motion.states()::get).toList());
    return new Output(motion.posterior(), motion.states(), frames);
  }

  /**
   * Infers a state from a clip and follows its motion, without decoding.
   *
   * @param clips (N, height, width, framesIn * colours)
   * @param noise standard normal of the shape of z, or null to take z = mean
   * @param count number of states; the first is that of the inferred frame
   * @param dt time between states
   */
  public Motion infer(Var clips, Var noise, int count, double dt) {
    Posterior posterior = encoder.apply(clips);
    return new Motion(posterior, rollout(imagine(posterior.latent(noise)), count, dt));
  }

  @Override
  public PhaseState infer(Var clips, Var noise) {
    return imagine(encoder.apply(clips).latent(noise));
  }

  @Override
  public Optional<Posterior> posterior(Var clips) {
    return Optional.of(encoder.apply(clips));
  }

  @Override
  public Optional<Shape> latent(int count) {
    int size = spec.latentSize();
    return Optional.of(Shape.of(count, size, size, spec.latent()));
  }

  @Override
  public PhaseState imagine(Var z) {
    return transformer.apply(z);
  }

  @Override
  public Trajectory rollout(PhaseState start, int count, double dt) {
    return Trajectory.of(dynamics.rollout(start, count, dt));
  }

  @Override
  public Var decode(List<PhaseState> states) {
    return decoder.apply(Trajectory.of(states).positions());
  }

  /** The encoder. */
  public Encoder encoder() {
    return encoder;
  }

  /** The transformer. */
  public Transformer transformer() {
    return transformer;
  }

  @Override
  public Optional<Hamiltonian> energy() {
    return energy;
  }

  /** The decoder. */
  public Decoder decoder() {
    return decoder;
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

  /** The architecture. */
  public HgnSpec spec() {
    return spec;
  }

  @Override
  public void close() {
    parameters.close();
  }
}
