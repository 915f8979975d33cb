package hgn.tapeview;

import hgn.autograd.Gradients;
import hgn.autograd.Var;
import hgn.autograd.ops.Activations;
import hgn.autograd.ops.Arithmetic;
import hgn.autograd.ops.Functions;
import hgn.autograd.ops.Layout;
import hgn.autograd.ops.LinearAlgebra;
import hgn.autograd.ops.Reductions;
import hgn.dynamics.Hamiltonian;
import hgn.dynamics.Integrator;
import hgn.dynamics.Leapfrog;
import hgn.dynamics.PhaseState;
import hgn.dynamics.VectorField;
import hgn.model.Encoder;
import hgn.model.HgnSpec;
import hgn.nn.Init;
import hgn.nn.Parameter;
import hgn.nn.Parameters;
import hgn.tensor.Activation;
import hgn.tensor.Arena;
import hgn.tensor.Backend;
import hgn.tensor.DType;
import hgn.tensor.Shape;
import hgn.tensor.Tensor;
import java.util.List;

/** Example computations with second derivatives, and their tapes. */
public final class Tapes {
  private static final double DT = 0.125;
  private static final int HIDDEN = 8;

  private Tapes() {}

  /**
   * A kick p' = p - dt dH/dq of a small energy, H = tanh([q p] A) b for one q and one p, and the
   * gradient of q^2 + p'^2 with respect to A and b.
   *
   * @param batch number of states
   */
  public static TapeGraph kick(Backend backend, int batch) {
    return small("A kick", backend, batch, Tapes::kick);
  }

  private static PhaseState kick(TapeRecorder recorder, VectorField field, PhaseState s) {
    Var slope = field.dHdq(s.q(), s.p());
    recorder.name(slope, "dH/dq");
    return new PhaseState(s.q(), Arithmetic.add(s.p(), Arithmetic.scale(slope, -DT)));
  }

  /** Like {@link #kick(Backend, int)}, for a whole leapfrog step: kick, drift, kick. */
  public static TapeGraph leapfrog(Backend backend, int batch) {
    return small("A leapfrog step", backend, batch, motion(new Leapfrog()));
  }

  private static Motion motion(Integrator integrator) {
    return (recorder, field, s) ->
        integrator.project(integrator.step(field, integrator.embed(s), DT));
  }

  private static TapeGraph small(String title, Backend backend, int batch, Motion motion) {
    try (Parameters parameters = new Parameters(backend, DType.FLOAT32)) {
      Init init = new Init(0);
      Parameter a = weight(parameters, init, "energy.A", 2, HIDDEN);
      Parameter b = weight(parameters, init, "energy.b", HIDDEN, 1);
      Hamiltonian energy =
          (q, p) -> {
            Var product = LinearAlgebra.matmul(Layout.concat(List.of(q, p), 1), a.var());
            return LinearAlgebra.matmul(Activations.activate(Activation.TANH, product), b.var());
          };
      return moved(title, energy, parameters, motion, Shape.of(batch, 1));
    }
  }

  private static Parameter weight(
      Parameters parameters, Init init, String name, int inputs, int outputs) {
    Shape shape = Shape.of(inputs, outputs);
    return parameters.add(name, shape, init.uniform(shape, inputs, 1));
  }

  /**
   * A step of an integrator, composed of single operations, and the gradient of |q'|^2 + |p'|^2
   * with respect to the energy's weights.
   *
   * @param parameters the parameters of the energy, and possibly others
   * @param state shape of q, and of p
   */
  public static TapeGraph step(
      String title, Hamiltonian energy, Parameters parameters, Integrator integrator, Shape state) {
    return moved(title, energy, parameters, motion(integrator), state);
  }

  /** Advances a state. */
  @FunctionalInterface
  private interface Motion {
    PhaseState apply(TapeRecorder recorder, VectorField field, PhaseState state);
  }

  private static TapeGraph moved(
      String title, Hamiltonian energy, Parameters parameters, Motion motion, Shape state) {
    try (Arena arena = Arena.open("tape");
        TapeRecorder recorder = new TapeRecorder()) {
      PhaseState start =
          new PhaseState(leaf(parameters, state, 0.5), leaf(parameters, state, 0.25));
      recorder.name(parameters);
      recorder.name(start.q(), "q");
      recorder.name(start.p(), "p");
      recorder.section("start");
      VectorField field = new VectorField(new Sections(energy, recorder));
      PhaseState end = motion.apply(recorder, field, start);
      recorder.section("loss");
      Var loss = Arithmetic.add(squaredNorm(end.q()), squaredNorm(end.p()));
      name(recorder, "q'", end.q(), start.q());
      name(recorder, "p'", end.p(), start.p());
      differentiate(recorder, loss, parameters);
      return recorder.graph(
          title + ", and the gradient of |q'|^2 + |p'|^2 with respect to the weights");
    }
  }

  /** Marks each evaluation of the energy as a section of the recorder. */
  private static final class Sections implements Hamiltonian {
    private final Hamiltonian energy;
    private final TapeRecorder recorder;
    private int evaluations;

    Sections(Hamiltonian energy, TapeRecorder recorder) {
      this.energy = energy;
      this.recorder = recorder;
    }

    @Override
    public Var energy(Var q, Var p) {
      evaluations++;
      recorder.section("H " + evaluations);
      recorder.sectionAfterGradients("move " + evaluations);
      Var h = energy.energy(q, p);
      recorder.name(h, "H");
      return h;
    }
  }

  /**
   * An encoder's mean of z, the gradient of its sum with respect to the frames, and the gradient of
   * that gradient's squared norm with respect to the weights, as in a gradient penalty.
   *
   * @param batch number of clips
   */
  public static TapeGraph encoder(String title, HgnSpec spec, Backend backend, int batch) {
    try (Parameters parameters = new Parameters(backend, DType.FLOAT32);
        Arena arena = Arena.open("tape");
        TapeRecorder recorder = new TapeRecorder()) {
      Encoder encoder = new Encoder(parameters, new Init(0), spec);
      recorder.name(parameters);
      int size = spec.frameSize();
      Shape shape = Shape.of(batch, size, size, spec.framesIn() * spec.frameChannels());
      Var clips = leaf(parameters, shape, 0.5);
      recorder.name(clips, "frames");
      Var mean = encoder.apply(clips).mean();
      recorder.section("sum");
      Var slope = Gradients.of(Reductions.sum(mean), List.of(clips), true).get(0);
      recorder.section("penalty");
      recorder.name(mean, "mean");
      recorder.name(slope, "slope");
      differentiate(recorder, squaredNorm(slope), parameters);
      return recorder.graph(title);
    }
  }

  private static void name(TapeRecorder recorder, String name, Var var, Var before) {
    if (var != before) {
      recorder.name(var, name);
    }
  }

  /** The second backward pass: with respect to all parameters that the loss depends on. */
  private static void differentiate(TapeRecorder recorder, Var loss, Parameters parameters) {
    recorder.name(loss, "loss");
    List<Var> gradients = Gradients.orZero(loss, parameters.vars(), true);
    for (int i = 0; i < gradients.size(); i++) {
      recorder.name(gradients.get(i), "by " + parameters.trained().get(i).name());
    }
  }

  private static Var squaredNorm(Var x) {
    return Reductions.sum(Functions.square(x));
  }

  private static Var leaf(Parameters like, Shape shape, double value) {
    return Var.leaf(Tensor.full(like.backend(), like.dtype(), shape, value));
  }
}
