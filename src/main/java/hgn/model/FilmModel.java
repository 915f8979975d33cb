package hgn.model;

import hgn.autograd.Var;
import hgn.dynamics.Hamiltonian;
import hgn.dynamics.PhaseState;
import hgn.dynamics.Trajectory;
import hgn.nn.Parameters;
import hgn.tensor.Shape;
import java.util.List;
import java.util.Optional;

/**
 * A model of films: it infers a state from frames, advances it in time, and decodes states to
 * frames.
 */
public interface FilmModel extends AutoCloseable {
  /**
   * Infers the state at the last frame of a clip, or at the first if the clip is a whole rollout.
   *
   * @param clips (N, height, width, frames * colours)
   * @param noise standard normal of the shape {@link #latent}, or null for the most probable state
   */
  PhaseState infer(Var clips, Var noise);

  /**
   * Returns the posterior of the latents z for clips; empty if the model has no latents.
   *
   * @param clips (N, height, width, frames * colours)
   */
  Optional<Posterior> posterior(Var clips);

  /**
   * Shape of the latents z of {@code count} films, whose prior is N(0, I); empty if the model has
   * none, so that it neither takes noise nor can generate films.
   */
  Optional<Shape> latent(int count);

  /**
   * Returns the states that latents represent.
   *
   * @throws UnsupportedOperationException if the model has no latents
   */
  PhaseState imagine(Var z);

  /**
   * Returns {@code count} states, the first being {@code start}; a negative dt goes backward in
   * time.
   */
  Trajectory rollout(PhaseState start, int count, double dt);

  /**
   * Decodes all states to frames (states * N, height, width, colours); all samples of the first
   * state come first.
   */
  Var decode(List<PhaseState> states);

  /** The learnt energy; empty if the dynamics are learnt without one. */
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
