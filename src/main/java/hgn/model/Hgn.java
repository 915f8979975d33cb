package hgn.model;

import hgn.autograd.Var;
import hgn.model.integrators.HamiltonianFlow;
import hgn.model.integrators.Integrator;
import hgn.nn.Init;
import hgn.nn.Parameters;
import hgn.tensor.Backend;
import hgn.tensor.DType;
import java.util.Arrays;
import java.util.List;

/**
 * The Hamiltonian Generative Network: frames to a latent, to a state of phase space, along the flow
 * of a learnt energy, and back to frames.
 */
public final class Hgn implements AutoCloseable {
  private final HgnSpec spec;
  private final Parameters parameters;
  private final Encoder encoder;
  private final Transformer transformer;
  private final HamiltonianNet hamiltonian;
  private final Decoder decoder;
  private final Integrator integrator;

  /** What {@link #forward} computed: the posterior, the states and the frames decoded from them. */
  public record Output(Posterior posterior, List<PhaseState> states, Var frames) {}

  /** What {@link #infer} computed: the posterior and the states from the inferred one on. */
  public record Motion(Posterior posterior, Trajectory states) {}

  /** A model with initial parameters drawn under {@code seed}. */
  public Hgn(HgnSpec spec, Integrator integrator, Backend backend, DType dtype, long seed) {
    this.spec = spec;
    this.integrator = integrator;
    parameters = new Parameters(backend, dtype);
    Init init = new Init(seed);
    encoder = new Encoder(parameters, init, spec);
    transformer = new Transformer(parameters, init, spec);
    hamiltonian = new HamiltonianNet(parameters, init, spec);
    decoder = new Decoder(parameters, init, spec);
  }

  /**
   * Reconstructs frames from a clip.
   *
   * @param clips (N, height, width, framesIn * colours)
   * @param noise standard normal of the shape of z, or null to take z = mean
   * @param times which frames to decode, counted from the inferred one, ascending
   * @param dt time between frames
   * @return with frames (times * N, height, width, colours), all samples of the first time first
   */
  public Output forward(Var clips, Var noise, int[] times, double dt) {
    Motion motion = infer(clips, noise, times[times.length - 1] + 1, dt);
    Var frames = decode(Arrays.stream(times).mapToObj(motion.states()::get).toList());
    return new Output(motion.posterior(), motion.states(), frames);
  }

  /**
   * Infers a state from a clip and follows its motion, without decoding any of it.
   *
   * @param clips (N, height, width, framesIn * colours)
   * @param noise standard normal of the shape of z, or null to take z = mean
   * @param count number of states; the first is that of the inferred frame
   * @param dt time between states
   */
  public Motion infer(Var clips, Var noise, int count, double dt) {
    Posterior posterior = encoder.apply(clips);
    Var z = noise == null ? posterior.mean() : posterior.sample(noise);
    return new Motion(posterior, rollout(transformer.apply(z), count, dt));
  }

  /** {@code count} states, the first being {@code start}; a negative dt goes backward in time. */
  public Trajectory rollout(PhaseState start, int count, double dt) {
    return Trajectory.of(new HamiltonianFlow(hamiltonian, integrator).rollout(start, count, dt));
  }

  /** The frames of all states, (states * N, height, width, colours), time before sample. */
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

  /** The learnt energy. */
  public HamiltonianNet hamiltonian() {
    return hamiltonian;
  }

  /** The decoder. */
  public Decoder decoder() {
    return decoder;
  }

  /** All parameters. */
  public Parameters parameters() {
    return parameters;
  }

  /** The architecture. */
  public HgnSpec spec() {
    return spec;
  }

  /** Frees the parameters. */
  @Override
  public void close() {
    parameters.close();
  }
}
