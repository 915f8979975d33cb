package hgn.evaluate;

import hgn.autograd.Gradients;
import hgn.autograd.Var;
import hgn.autograd.custom.EagerSum;
import hgn.autograd.ops.Arithmetic;
import hgn.autograd.ops.Functions;
import hgn.autograd.ops.Layout;
import hgn.autograd.ops.Reductions;
import hgn.dynamics.PhaseState;
import hgn.model.FilmModel;
import hgn.tensor.Arena;
import hgn.tensor.Shape;
import hgn.tensor.Tensor;
import java.util.ArrayList;
import java.util.List;

/**
 * Fits states of a trained model to given films: the state from which its motion gives the film
 * back best, and for each frame the state whose picture is nearest. The model stays as it is.
 *
 * <p>A fit starts at a given state and finds a local minimum, so that its error is an upper bound
 * of the least.
 */
final class StateFit {
  /** Frames decoded at once, so that their tensors stay in a host's cache. */
  private static final int FRAMES_AT_ONCE = 16;

  /** Latents have standard deviation 1, and an inferred state is near the best one. */
  private static final Descent DESCENT = new Descent(100, 0.03);

  private final FilmModel model;
  private final double dt;
  private final float[][] films;
  private final int from;
  private final int frames;
  private final List<Tensor> truths = new ArrayList<>();

  /**
   * Prepares fits to {@code films}, copies of which the current arena owns.
   *
   * @param from time of the films' first frame, in frames relative to the state to fit
   * @param films each (frames, height, width, colours)
   */
  StateFit(FilmModel model, double dt, int from, float[][] films) {
    this.model = model;
    this.dt = dt;
    this.films = films;
    this.from = from;
    this.frames = films[0].length / frameLength();
    int side = model.frameSize();
    int count = frames * films.length;
    for (int first = 0; first < count; first += FRAMES_AT_ONCE) {
      int some = Math.min(FRAMES_AT_ONCE, count - first);
      truths.add(tensor(truth(first, some), Shape.of(some, side, side, model.frameChannels())));
    }
  }

  /**
   * Mean squared errors per pixel of each film.
   *
   * @param given of the given states
   * @param start of the motion from the best state
   * @param pictures of the best state for each frame
   */
  record Errors(double[] given, double[] start, double[] pictures) {}

  /** Fits, beginning with these states, one per film. */
  Errors from(PhaseState given) {
    Shape shape = given.q().shape();
    double[] x = joined(given);
    double[] errors = motionErrors(x, new double[x.length], shape);
    Descent.Minima start = DESCENT.from(x, (at, gradient) -> motionErrors(at, gradient, shape));
    Shape all = shape.with(0, frames * films.length);
    Descent.Minima pictures =
        DESCENT.from(positions(start.x(), shape), (at, gradient) -> frameErrors(at, gradient, all));
    return new Errors(errors, start.values(), byFilm(pictures.values()));
  }

  private int frameLength() {
    return model.frameSize() * model.frameSize() * model.frameChannels();
  }

  private double[] joined(PhaseState state) {
    double[] q = state.q().value().toDoubles();
    double[] p = state.p().value().toDoubles();
    int width = q.length / films.length;
    double[] x = new double[2 * q.length];
    for (int n = 0; n < films.length; n++) {
      System.arraycopy(q, n * width, x, 2 * n * width, width);
      System.arraycopy(p, n * width, x, (2 * n + 1) * width, width);
    }
    return x;
  }

  /** Error of each film's motion from the states {@code x}. */
  private double[] motionErrors(double[] x, double[] gradient, Shape shape) {
    try (Arena arena = Arena.open("fit of states")) {
      Var both = leaf(x, Shape.of(films.length, x.length / films.length));
      double[] errors = new double[frames * films.length];
      Var sum = error(positions(state(both, shape)), errors);
      write(Gradients.orZero(sum, List.of(both), false).get(0), gradient);
      return byFilm(errors);
    }
  }

  /** Error of the picture of each q in {@code x}; all films' first frames come first. */
  private double[] frameErrors(double[] x, double[] gradient, Shape shape) {
    try (Arena arena = Arena.open("fit of pictures")) {
      Var q = leaf(x, shape);
      double[] errors = new double[frames * films.length];
      write(Gradients.orZero(error(q, errors), List.of(q), false).get(0), gradient);
      return errors;
    }
  }

  private double[] positions(double[] x, Shape shape) {
    try (Arena arena = Arena.open("positions")) {
      Var both = Var.constant(tensor(x, Shape.of(films.length, x.length / films.length)));
      return positions(state(both, shape)).value().toDoubles();
    }
  }

  private static PhaseState state(Var both, Shape shape) {
    PhaseState flat = PhaseState.split(both);
    return new PhaseState(Layout.reshape(flat.q(), shape), Layout.reshape(flat.p(), shape));
  }

  /** The positions at the films' times, (frames * N, ...). */
  private Var positions(PhaseState start) {
    List<PhaseState> ahead = model.rollout(start, Math.max(0, from + frames - 1) + 1, dt);
    List<PhaseState> back =
        from < 0 ? model.rollout(start, 1 - from, -dt) : List.of(start); // the states before
    List<Var> positions = new ArrayList<>();
    for (int t = from; t < from + frames; t++) {
      positions.add((t < 0 ? back.get(-t) : ahead.get(t)).q());
    }
    return Layout.concat(positions, 0);
  }

  /**
   * The sum of all frames' errors.
   *
   * @param errors receives each frame's mean squared error
   */
  private Var error(Var positions, double[] errors) {
    EagerSum sum = new EagerSum("error of frames", List.of());
    int count = positions.shape().dim(0);
    for (int first = 0; first < count; first += FRAMES_AT_ONCE) {
      int at = first;
      int some = Math.min(FRAMES_AT_ONCE, count - first);
      sum.add(
          List.of(Layout.rows(positions, at, some)),
          q -> {
            Var decoded = model.decode(List.of(new PhaseState(q.get(0), q.get(0))));
            Var truth = Var.constant(truths.get(at / FRAMES_AT_ONCE));
            Var squares = Functions.square(Arithmetic.sub(decoded, truth));
            Var each =
                Arithmetic.scale(
                    Reductions.sumTo(squares, Shape.of(some, 1, 1, 1)), 1.0 / frameLength());
            System.arraycopy(each.value().toDoubles(), 0, errors, at, some);
            return Reductions.sum(each);
          });
    }
    return sum.total();
  }

  /** Frames {@code first ..} of all films, with all films' first frames first. */
  private double[] truth(int first, int count) {
    int length = frameLength();
    double[] frames = new double[count * length];
    for (int k = 0; k < count; k++) {
      int t = (first + k) / films.length;
      float[] film = films[(first + k) % films.length];
      for (int i = 0; i < length; i++) {
        frames[k * length + i] = film[t * length + i];
      }
    }
    return frames;
  }

  private double[] byFilm(double[] errors) {
    double[] means = new double[films.length];
    for (int i = 0; i < errors.length; i++) {
      means[i % films.length] += errors[i] / frames;
    }
    return means;
  }

  private Var leaf(double[] values, Shape shape) {
    return Var.leaf(tensor(values, shape));
  }

  private Tensor tensor(double[] values, Shape shape) {
    return Tensor.of(model.parameters().backend(), model.parameters().dtype(), shape, values);
  }

  private static void write(Var from, double[] to) {
    double[] values = from.value().toDoubles();
    System.arraycopy(values, 0, to, 0, to.length);
  }
}
