package hgn.frames;

import hgn.physics.GroundTruth;
import hgn.physics.PhasePath;
import hgn.physics.PhysicalSystem;
import hgn.random.PhiloxRandom;
import hgn.random.Streams;
import java.util.Locale;
import java.util.Optional;

/**
 * Generates rollouts, each a pure function of (system, seed, split, index). It samples the initial
 * state, solves the motion in float64, adds Gaussian noise to every coordinate of every frame (not
 * to the dynamics), and renders the result.
 *
 * <p>Initial state and noise have separate random streams, and noise is drawn frame by frame. So
 * {@link #withFrames} gives the same film, shortened or continued, and {@link #withDt} the same
 * start at another speed or backward, with the same noise at the k-th frame. Immutable and safe to
 * share between threads.
 */
public final class RolloutGenerator implements Rollouts {
  /** First noise stream of averages, above all rollout indices. */
  private static final long AVERAGES = 1L << 47;

  private final PhysicalSystem system;
  private final Renderer renderer;
  private final int frames;
  private final double dt;
  private final long seed;
  private final Split split;
  private final double noise;
  private final long first;
  private final GroundTruth truth = new GroundTruth();

  /**
   * Creates a generator of films of {@code frames} frames at intervals of {@code dt} seconds.
   *
   * @throws IllegalArgumentException if {@code frames} is below 1, or {@code dt} is 0 or not finite
   */
  public RolloutGenerator(
      PhysicalSystem system, Renderer renderer, int frames, double dt, long seed, Split split) {
    this(system, renderer, frames, dt, seed, split, renderer.filmed(system).noise(), 0);
  }

  private RolloutGenerator(
      PhysicalSystem system,
      Renderer renderer,
      int frames,
      double dt,
      long seed,
      Split split,
      double noise,
      long first) {
    if (frames < 1) {
      throw new IllegalArgumentException("[frames] frames: " + frames + " is less than 1");
    }
    if (dt == 0 || !Double.isFinite(dt)) {
      throw new IllegalArgumentException("[frames] dt: " + dt + " must be finite and not 0");
    }
    if (!(noise >= 0) || Double.isInfinite(noise)) {
      throw new IllegalArgumentException(
          "[frames] noise: " + noise + " is no standard deviation; give 0 or more");
    }
    this.system = renderer.filmed(system);
    this.renderer = renderer;
    this.frames = frames;
    this.dt = dt;
    this.seed = seed;
    this.split = split;
    this.noise = noise;
    this.first = first;
  }

  @Override
  public RolloutGenerator withFrames(int count) {
    return new RolloutGenerator(system, renderer, count, dt, seed, split, noise, first);
  }

  /**
   * Returns a generator with the same initial states and noise and frames at intervals of {@code
   * step} seconds; negative runs backward.
   */
  public RolloutGenerator withDt(double step) {
    return new RolloutGenerator(system, renderer, frames, step, seed, split, noise, first);
  }

  /**
   * Returns a generator of the same rollouts with noise of standard deviation {@code sigma} on each
   * coordinate.
   */
  public RolloutGenerator withNoise(double sigma) {
    return new RolloutGenerator(system, renderer, frames, dt, seed, split, sigma, first);
  }

  /** Returns a generator that skips the first {@code count} rollouts; its indices start at 0. */
  public RolloutGenerator skipping(long count) {
    return new RolloutGenerator(
        system, renderer, frames, dt, seed, split, noise, Math.addExact(first, count));
  }

  /** The filmed system. */
  public PhysicalSystem system() {
    return system;
  }

  /** The renderer. */
  public Renderer renderer() {
    return renderer;
  }

  @Override
  public int frames() {
    return frames;
  }

  @Override
  public double dt() {
    return dt;
  }

  /** Seed of initial states and noise. */
  public long seed() {
    return seed;
  }

  /**
   * Standard deviation of the noise added to each coordinate of a state before it is drawn: by
   * default the system's.
   */
  public double noise() {
    return noise;
  }

  /** The set that the rollouts belong to. */
  public Split split() {
    return split;
  }

  @Override
  public int resolution() {
    return renderer.resolution();
  }

  @Override
  public int colours() {
    return Palette.CHANNELS;
  }

  @Override
  public double background() {
    return renderer.background();
  }

  /** Floats in the description of a rollout's film: T scenes of {@link Renderer#sceneLength}. */
  public int descriptionLength() {
    return Math.multiplyExact(frames, renderer.sceneLength(system));
  }

  /**
   * Returns the true motion of rollout {@code index}.
   *
   * @throws hgn.physics.MotionException if it cannot be computed, or a body leaves the picture
   *     although it must not
   */
  public PhasePath path(long index) {
    var rng =
        new PhiloxRandom(seed, Streams.ROLLOUTS.at(first + index), split.initialStateDomain());
    PhasePath path = truth.of(system, 0, system.initialState(rng), frames, dt);
    Picture.requireWithin(system, path, first + index);
    return path;
  }

  /** Generates rollout {@code index} with its film and both paths. */
  public Rollout generate(long index) {
    PhasePath path = path(index);
    PhasePath drawn = noisy(path, index);
    float[] film = new float[rolloutLength()];
    draw(drawn, film, 0);
    return new Rollout(system.name(), renderer.resolution(), path, drawn, film);
  }

  @Override
  public void render(long index, float[] dst, int offset) {
    requireRoom(rolloutLength(), dst, offset);
    draw(noisy(path(index), index), dst, offset);
  }

  /**
   * Writes the scenes of rollout {@code index} to {@code dst[offset .. offset + descriptionLength()
   * - 1]}; the renderer draws the film from them.
   *
   * @throws IllegalArgumentException if it does not fit
   */
  public void describe(long index, float[] dst, int offset) {
    requireRoom(descriptionLength(), dst, offset);
    PhasePath drawn = noisy(path(index), index);
    double[] q = new double[system.degreesOfFreedom()];
    for (int k = 0; k < frames; k++) {
      drawn.readQ(k, q);
      renderer.describe(system, q, dst, offset + k * renderer.sceneLength(system));
    }
  }

  private static void requireRoom(int length, float[] dst, int offset) {
    if (offset < 0 || offset > dst.length - length) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "[frames] a rollout of %d floats does not fit at offset %d of an array of %d",
              length,
              offset,
              dst.length));
    }
  }

  /**
   * Films the motion that passes through the true state of rollout {@code index} at frame {@code
   * from}, at another speed or backward, possibly to times before the rollout's start.
   *
   * <p>At the time of a frame of the rollout, the film has that frame's noise and shows the same
   * picture; at other times it has noise of the same standard deviation from a separate stream.
   *
   * @param from frame at whose state the film begins, which may be beyond {@link #frames}
   * @param step seconds from each frame of the film to the next; negative goes backward
   * @param count number of frames of the film
   */
  public Rollout through(long index, int from, double step, int count) {
    double[] start = withFrames(from + 1).path(index).state(from);
    PhasePath path = truth.of(system, from * dt, start, count, step);
    OffGridNoise detour = new OffGridNoise(seed, first + index, split, start.length);
    PhasePath drawn = path.withNoise(detour.table(from, step / dt, count), noise);
    float[] film = new float[Math.multiplyExact(count, renderer.frameLength())];
    withFrames(count).draw(drawn, film, 0);
    return new Rollout(system.name(), renderer.resolution(), path, drawn, film);
  }

  @Override
  public Optional<float[]> film(long index, int from, double step, int count) {
    return Optional.of(through(index, from, step, count).frames());
  }

  @Override
  public Optional<double[][]> states(long index) {
    PhasePath path = path(index);
    double[][] states = new double[frames][];
    for (int t = 0; t < frames; t++) {
      states[t] = path.state(t);
    }
    return Optional.of(states);
  }

  @Override
  public boolean[] angles() {
    boolean[] angles = new boolean[system.degreesOfFreedom()];
    for (int i = 0; i < angles.length; i++) {
      angles[i] = system.isAngle(i);
    }
    return angles;
  }

  /**
   * Returns the film of rollout {@code index} averaged over the noise: the mean of {@code draws}
   * films of its motion with independent noise. No prediction without knowledge of the noise has a
   * lower expected squared error.
   */
  public float[] averaged(long index, int draws) {
    return average(path(index), index, draws).frames();
  }

  /**
   * Returns frames {@code from .. from + count - 1} of the motion of rollout {@code index},
   * averaged like {@link #averaged(long, int)}.
   *
   * @param from may be negative, and the last frame may be beyond {@link #frames}
   */
  public AverageFilm averaged(long index, int from, int count, int draws) {
    PhasePath whole = withFrames(Math.max(1, from + 1)).path(index);
    double[] start = whole.state(Math.max(0, from));
    if (from < 0) {
      start = truth.of(system, 0, start, 1 - from, -dt).state(-from);
    }
    PhasePath path = truth.of(system, from * dt, start, count, dt);
    return withFrames(count).average(path, index, draws);
  }

  /**
   * A film averaged over its noise.
   *
   * @param frames (frames, height, width, colours)
   * @param error expected squared error per pixel of this average, of finitely many draws
   */
  public record AverageFilm(float[] frames, double error) {}

  private AverageFilm average(PhasePath path, long index, int draws) {
    float[] film = new float[rolloutLength()];
    float[] mean = new float[film.length];
    double squares = 0;
    for (int k = 0; k < draws; k++) {
      draw(noisy(path, AVERAGES + index * draws + k), film, 0);
      for (int i = 0; i < mean.length; i++) {
        mean[i] += film[i] / draws;
        squares += (double) film[i] * film[i];
      }
    }
    double ofMean = 0;
    for (float value : mean) {
      ofMean += (double) value * value;
    }
    double variance = Math.max(0, squares / draws - ofMean) / mean.length;
    return new AverageFilm(mean, draws < 2 ? Double.NaN : variance / (draws - 1));
  }

  private PhasePath noisy(PhasePath path, long index) {
    var rng = new PhiloxRandom(seed, Streams.ROLLOUTS.at(first + index), split.noiseDomain());
    return path.withNoise(rng, noise);
  }

  private void draw(PhasePath drawn, float[] dst, int offset) {
    double[] q = new double[system.degreesOfFreedom()];
    float[] scene = new float[renderer.sceneLength(system)];
    for (int k = 0; k < frames; k++) {
      drawn.readQ(k, q);
      renderer.describe(system, q, scene, 0);
      renderer.draw(scene, dst, offset + k * renderer.frameLength());
    }
  }
}
