package hgn.model;

import hgn.autograd.Var;
import hgn.dynamics.Hamiltonian;
import hgn.dynamics.PhaseState;
import hgn.dynamics.Trajectory;
import hgn.nn.Parameters;
import hgn.tensor.Shape;
import java.util.List;
import java.util.Optional;

/** A model of films: it infers a state from frames, moves it on in time, and draws what it sees. */
public interface FilmModel extends AutoCloseable {
  /**
   * The state at the last frame of a clip, or at the first of one that is a whole rollout.
   *
   * @param clips (N, height, width, frames * colours)
   * @param noise standard normal of the shape that {@link #latent} gives, or null for the most
   *     probable state
   */
  PhaseState infer(Var clips, Var noise);

  /**
   * What clips say of the latents z; empty where the model has none.
   *
   * @param clips (N, height, width, frames * colours)
   */
  Optional<Posterior> posterior(Var clips);

  /**
   * Shape of the latents z of {@code count} films, whose prior is N(0, I); empty where the model
   * has none, so that it neither takes noise nor can make films up.
   */
  Optional<Shape> latent(int count);

  /**
   * The states that latents stand for.
   *
   * @throws UnsupportedOperationException if the model has no latents
   */
  PhaseState imagine(Var z);

  /** {@code count} states, the first being {@code start}; a negative dt goes backward in time. */
  Trajectory rollout(PhaseState start, int count, double dt);

  /** The frames of all states, (states * N, height, width, colours), time before sample. */
  Var decode(List<PhaseState> states);

  /** The learnt energy; empty where the dynamics are learnt without one. */
  Optional<Hamiltonian> energy();

  /** Height and width of a frame. */
  int frameSize();

  /** Channels of a frame. */
  int frameChannels();

  /** All parameters. */
  Parameters parameters();

  /** Frees the parameters. */
  @Override
  void close();
}
