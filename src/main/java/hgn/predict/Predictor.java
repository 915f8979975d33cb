package hgn.predict;

import hgn.autograd.Tape;
import hgn.autograd.Var;
import hgn.data.Batch;
import hgn.data.Window;
import hgn.dynamics.PhaseState;
import hgn.model.FilmModel;
import hgn.random.Streams;
import hgn.tensor.Arena;
import hgn.tensor.Backend;
import hgn.tensor.DType;
import hgn.tensor.Shape;
import hgn.tensor.Tensor;
import hgn.tensor.TensorOps;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * Computes rollouts of a trained model from clips or from the prior, without recording on the tape.
 *
 * <p>A variational model samples z from the posterior, as in training: the transformer was trained
 * on noisy latents and has not seen z = mean. The noise on a clip is a pure function of the seed
 * and the clip's index, so every film is reproducible.
 */
public final class Predictor {
  private static final int FRAMES_AT_ONCE = 64;

  private final FilmModel model;
  private final boolean deterministic;
  private final long seed;

  /**
   * Creates a predictor.
   *
   * @param deterministic whether z is the posterior mean
   * @param seed seed of the noise on z
   */
  public Predictor(FilmModel model, boolean deterministic, long seed) {
    this.model = model;
    this.deterministic = deterministic;
    this.seed = seed;
  }

  /**
   * Reconstructs the frames of the batch's window, forward and backward in time from the inferred
   * one.
   *
   * @param batch the clips; targets are not used
   * @param dt time between frames
   * @param first index of the first clip, which selects its noise on z
   * @return a film (frames, height, width, colours) for each clip
   * @throws PredictionException if a number of them is not finite
   */
  public float[][] reconstruct(Batch batch, double dt, long first) {
    Window window = batch.window();
    int lead = window.lead();
    try (Arena arena = Arena.open("reconstruct");
        Tape.Mode off = Tape.pause()) {
      PhaseState inferred = infer(batch, first);
      float[][] ahead = finite(inferred, window.ahead() + 1, dt);
      if (lead == 0) {
        return ahead;
      }
      float[][] back = finite(inferred, lead + 1, -dt);
      float[][] all = new float[ahead.length][];
      for (int n = 0; n < all.length; n++) {
        all[n] = joined(back[n], ahead[n], lead);
      }
      return all;
    }
  }

  /** Joins the last {@code lead} frames of {@code back}, reversed, with {@code ahead}. */
  private static float[] joined(float[] back, float[] ahead, int lead) {
    int frame = back.length / (lead + 1);
    float[] film = new float[Math.addExact(Math.multiplyExact(lead, frame), ahead.length)];
    for (int t = 1; t <= lead; t++) {
      System.arraycopy(back, t * frame, film, (lead - t) * frame, frame);
    }
    System.arraycopy(ahead, 0, film, lead * frame, ahead.length);
    return film;
  }

  /**
   * Predicts films for clips.
   *
   * @param batch the clips; targets are not used
   * @param frames length of the films, including the inferred frame
   * @param dt time between frames; negative to run backward
   * @param first index of the first clip, which selects its noise on z; the following clips have
   *     the next indices, so that a clip's film does not depend on the batch
   * @return a film (frames, height, width, colours) for each clip
   */
  public float[][] reconstruct(Batch batch, int frames, double dt, long first) {
    try (Arena arena = Arena.open("reconstruct");
        Tape.Mode off = Tape.pause()) {
      return films(infer(batch, first), frames, dt);
    }
  }

  /**
   * Predicts the trajectories in phase space whose films {@link #reconstruct} returns.
   *
   * @param batch the clips; targets are not used
   * @param count states of each trajectory, including the inferred one
   * @param dt time between states; negative to run backward
   * @param first index of the first clip, which selects its noise on z
   */
  public LearntPaths motions(Batch batch, int count, double dt, long first) {
    try (Arena arena = Arena.open("motions");
        Tape.Mode off = Tape.pause()) {
      List<PhaseState> states = model.rollout(infer(batch, first), count, dt);
      return LearntPaths.of(states, model.energy());
    }
  }

  /**
   * The posterior of z for each clip; empty if the model is not variational.
   *
   * @param batch the clips; targets are not used
   */
  public Optional<PosteriorStats> posteriors(Batch batch) {
    if (deterministic) {
      return Optional.empty();
    }
    try (Arena arena = Arena.open("beliefs");
        Tape.Mode off = Tape.pause()) {
      return model.posterior(clips(batch)).map(PosteriorStats::of);
    }
  }

  /**
   * Infers the state of each clip. The current arena owns it.
   *
   * @param batch the clips; targets are not used
   * @param first index of the first clip, which selects its noise on z
   */
  public PhaseState infer(Batch batch, long first) {
    Var clips = clips(batch);
    Optional<Shape> latent = deterministic ? Optional.empty() : model.latent(batch.size());
    Var noise = latent.map(shape -> noise(clips.value(), shape, first)).orElse(null);
    return model.infer(clips, noise);
  }

  private Var clips(Batch batch) {
    Backend backend = model.parameters().backend();
    DType dtype = model.parameters().dtype();
    return Var.constant(Tensor.of(backend, dtype, batch.clipShape(), batch.clips()));
  }

  private Var noise(Tensor like, Shape shape, long first) {
    Tensor noise = Tensor.like(like, shape);
    for (int n = 0; n < shape.dim(0); n++) {
      like.backend().normal(seed, Streams.PREDICTION_NOISE.at(first + n), noise.rows(n, 1));
    }
    return Var.constant(noise);
  }

  /**
   * Samples films with z from the prior N(0, I).
   *
   * @param count number of films
   * @param seed of the random numbers
   * @throws IllegalArgumentException if the model has no prior
   * @throws PredictionException if a number of them is not finite
   */
  public float[][] sample(int count, long seed, int frames, double dt) {
    try (Arena arena = Arena.open("sample");
        Tape.Mode off = Tape.pause()) {
      return finite(sampled(count, seed), frames, dt);
    }
  }

  /** The motions of the films that {@link #sample} gives. */
  public LearntPaths sampleMotions(int count, long seed, int frames, double dt) {
    try (Arena arena = Arena.open("sample");
        Tape.Mode off = Tape.pause()) {
      List<PhaseState> states = model.rollout(sampled(count, seed), frames, dt);
      return LearntPaths.of(states, model.energy());
    }
  }

  private PhaseState sampled(int count, long seed) {
    Shape shape = model.latent(count).orElseThrow(this::noPrior);
    Backend backend = model.parameters().backend();
    DType dtype = model.parameters().dtype();
    Tensor z = TensorOps.normal(backend, dtype, shape, seed, Streams.PRIOR.at(0));
    return model.imagine(Var.constant(z));
  }

  private IllegalArgumentException noPrior() {
    return new IllegalArgumentException(
        "a model of the kind '"
            + model.parameters().owner()
            + "' has no prior to sample from; it only predicts films from frames, see rollout");
  }

  /** Films, or the place where their numbers cease to be finite, which is looked for only then. */
  private float[][] finite(PhaseState start, int frames, double dt) {
    float[][] films = films(start, frames, dt);
    for (float[] film : films) {
      for (int i = 0; i < film.length; i++) {
        if (!Float.isFinite(film[i])) {
          throw new PredictionException(place(start, frames, dt, i / (film.length / frames)));
        }
      }
    }
    return films;
  }

  private String place(PhaseState start, int frames, double dt, int frame) {
    if (!isFinite(start)) {
      return "the state that the encoder infers is not finite";
    }
    List<PhaseState> states = model.rollout(start, frames, dt);
    for (int t = 1; t < states.size(); t++) {
      if (!isFinite(states.get(t))) {
        return "the learnt motion is not finite after " + t + " of its steps of " + dt;
      }
    }
    return "frame " + frame + " that the decoder draws is not finite";
  }

  private static boolean isFinite(PhaseState state) {
    return isFinite(state.q()) && isFinite(state.p());
  }

  private static boolean isFinite(Var values) {
    return Arrays.stream(values.value().toDoubles()).allMatch(Double::isFinite);
  }

  private float[][] films(PhaseState start, int frames, double dt) {
    List<PhaseState> states = model.rollout(start, frames, dt);
    int count = start.q().shape().dim(0);
    int frame = model.frameSize() * model.frameSize() * model.frameChannels();
    float[][] films = new float[count][Math.multiplyExact(frames, frame)];
    int chunk = Math.max(1, FRAMES_AT_ONCE / count);
    for (int from = 0; from < frames; from += chunk) {
      List<PhaseState> part = states.subList(from, Math.min(frames, from + chunk));
      float[] decoded = decode(new ArrayList<>(part));
      for (int t = 0; t < part.size(); t++) {
        for (int n = 0; n < count; n++) {
          int source = (t * count + n) * frame;
          System.arraycopy(decoded, source, films[n], (from + t) * frame, frame);
        }
      }
    }
    return films;
  }

  /** Decodes some states in a separate arena, which bounds the memory of a long film. */
  private float[] decode(List<PhaseState> states) {
    try (Arena chunk = Arena.open("decode")) {
      return model.decode(states).value().toFloats();
    }
  }
}
