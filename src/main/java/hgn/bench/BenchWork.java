package hgn.bench;

import hgn.autograd.Gradients;
import hgn.autograd.Tape;
import hgn.autograd.Var;
import hgn.autograd.ops.Arithmetic;
import hgn.autograd.ops.Reductions;
import hgn.data.Batch;
import hgn.data.BatchMaker;
import hgn.data.Window;
import hgn.dynamics.PhaseState;
import hgn.dynamics.VectorField;
import hgn.frames.Renderers;
import hgn.frames.RolloutGenerator;
import hgn.frames.Split;
import hgn.loss.DecoderMemory;
import hgn.loss.Geco;
import hgn.model.Hgn;
import hgn.model.HgnSpec;
import hgn.nn.Adam;
import hgn.nn.Parameter;
import hgn.physics.Systems;
import hgn.random.Philox;
import hgn.tensor.Arena;
import hgn.tensor.Backend;
import hgn.tensor.DType;
import hgn.tensor.Shape;
import hgn.tensor.Tensor;
import hgn.train.StepRunner;
import hgn.train.TrainingStep;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.stream.LongStream;

/** The workloads that benchmarks time, with inputs prepared in advance. */
public final class BenchWork implements AutoCloseable {
  private static final double DT = 0.125;

  private static final double RATE = 1.5e-4;
  private static final long SEED = 1;

  private final Hgn model;
  private final int batch;
  private final int frames;
  private final Arena inputs = new Arena("bench inputs");
  private final Adam adam;
  private final Geco geco;
  private final List<StepRunner> running = new ArrayList<>();
  private long stream;
  private long steps;

  /**
   * Prepares workloads of {@code model}.
   *
   * @param batch rollouts per batch
   * @param frames frames decoded
   */
  public BenchWork(Hgn model, int batch, int frames) {
    this.model = model;
    this.batch = batch;
    this.frames = frames;
    this.adam = new Adam(model.parameters(), 0.9, 0.999, 1e-8, 0);
    this.geco =
        new Geco(
            new Geco.Settings(0.033, 0.99, 0.1, 1),
            model.parameters().backend(),
            model.parameters().dtype());
  }

  /** A whole training step: forward pass, loss, backward pass, Adam. */
  public Runnable step() {
    Batch data = batch();
    int atOnce = DecoderMemory.framesAtOnce(model.spec(), model.parameters().backend());
    TrainingStep step =
        new TrainingStep(
            model, adam, geco, new TrainingStep.Settings(DT, RATE, atOnce, false, SEED));
    StepRunner runner = StepRunner.fastest(step, model.parameters().backend());
    running.add(runner);
    return () -> runner.run(data, steps++);
  }

  /** Operations of the device in a step of {@link #step} that has been recorded. */
  public OptionalLong recordedOperations() {
    return running.stream()
        .map(StepRunner::recordedOperations)
        .filter(OptionalLong::isPresent)
        .findFirst()
        .orElse(OptionalLong.empty());
  }

  /** A batch as in training: scenes, if the backend draws the frames. */
  public Batch batch() {
    HgnSpec spec = model.spec();
    Window window = Window.fromLast(spec.framesIn(), frames);
    RolloutGenerator rollouts =
        new RolloutGenerator(
            Systems.byName("mass-spring"),
            Renderers.byName("published", spec.frameSize()),
            window.rolloutFrames(),
            DT,
            SEED,
            Split.TRAIN);
    return BatchMaker.on(model.parameters().backend(), rollouts, window)
        .make(LongStream.range(0, batch).toArray());
  }

  /** dH/dq and dH/dp at given q and p, once. */
  public Runnable gradient() {
    PhaseState at =
        new PhaseState(
            Var.constant(uniform(phaseShape(batch))), Var.constant(uniform(phaseShape(batch))));
    VectorField field = new VectorField(model.energy().orElseThrow());
    return () -> {
      try (Arena arena = Arena.open("bench");
          Tape.Mode off = Tape.pause()) {
        field.both(at);
      }
    };
  }

  /** All integrator steps from given q and p, without recording. */
  public Runnable rollout() {
    Tensor q = uniform(phaseShape(batch));
    Tensor p = uniform(phaseShape(batch));
    return () -> {
      try (Arena arena = Arena.open("bench");
          Tape.Mode off = Tape.pause()) {
        model.rollout(new PhaseState(Var.constant(q), Var.constant(p)), frames, DT);
      }
    };
  }

  /** The rollout with gradients with respect to the energy's weights, q and p. */
  public Runnable rolloutGrad() {
    Tensor q = uniform(phaseShape(batch));
    Tensor p = uniform(phaseShape(batch));
    Tensor ofQ = normal(phaseShape(batch));
    Tensor ofP = normal(phaseShape(batch));
    List<Var> leaves = parameters("hamiltonian");
    return () -> {
      try (Arena arena = Arena.open("bench")) {
        PhaseState start = new PhaseState(Var.leaf(q), Var.leaf(p));
        List<PhaseState> states = model.rollout(start, frames, DT);
        PhaseState end = states.get(frames - 1);
        List<Var> by = new ArrayList<>(leaves);
        by.add(start.q());
        by.add(start.p());
        Gradients.orZero(Arithmetic.add(weighted(end.q(), ofQ), weighted(end.p(), ofP)), by, false);
      }
    };
  }

  /** Encoder from frames to z, with gradients with respect to its weights. */
  public Runnable encoder() {
    HgnSpec spec = model.spec();
    Tensor clips =
        uniform(
            Shape.of(
                batch, spec.frameSize(), spec.frameSize(), spec.framesIn() * spec.frameChannels()));
    Tensor noise = normal(latentShape());
    Tensor of = normal(latentShape());
    List<Var> leaves = parameters("encoder");
    return () -> {
      try (Arena arena = Arena.open("bench")) {
        Var z = model.encoder().apply(Var.constant(clips)).sample(Var.constant(noise));
        Gradients.of(weighted(z, of), leaves, false);
      }
    };
  }

  /** Decoder from q to all frames, with gradients with respect to its weights and q. */
  public Runnable decoder() {
    HgnSpec spec = model.spec();
    int count = batch * frames;
    Tensor q = uniform(phaseShape(count));
    Tensor of = normal(Shape.of(count, spec.frameSize(), spec.frameSize(), spec.frameChannels()));
    List<Var> leaves = parameters("decoder");
    return () -> {
      try (Arena arena = Arena.open("bench")) {
        List<Var> by = new ArrayList<>(leaves);
        by.add(Var.leaf(q));
        Var pictures = model.decoder().apply(by.get(by.size() - 1));
        Gradients.of(weighted(pictures, of), by, false);
      }
    };
  }

  /** Runs the work and waits for it, for asynchronous backends. */
  public static Runnable awaited(Runnable work, Backend backend) {
    return () -> {
      work.run();
      backend.await();
    };
  }

  private static Var weighted(Var x, Tensor weights) {
    return Reductions.sum(Arithmetic.mul(x, Var.constant(weights)));
  }

  private List<Var> parameters(String network) {
    return model.parameters().all().stream()
        .filter(parameter -> parameter.name().startsWith(network + "."))
        .map(Parameter::var)
        .toList();
  }

  private Shape phaseShape(int count) {
    int size = model.spec().phaseSize();
    return Shape.of(count, size, size, model.spec().phaseChannels());
  }

  private Shape latentShape() {
    int size = model.spec().latentSize();
    return Shape.of(batch, size, size, model.spec().latent());
  }

  private float[] floats(int count) {
    double[] values = new double[count];
    Philox.uniform(SEED, stream++, values);
    float[] floats = new float[count];
    for (int i = 0; i < count; i++) {
      floats[i] = (float) values[i];
    }
    return floats;
  }

  private Tensor uniform(Shape shape) {
    return input(shape, floats((int) shape.count()));
  }

  private Tensor normal(Shape shape) {
    double[] values = new double[(int) shape.count()];
    Philox.normal(SEED, stream++, values);
    float[] floats = new float[values.length];
    for (int i = 0; i < floats.length; i++) {
      floats[i] = (float) values[i];
    }
    return input(shape, floats);
  }

  private Tensor input(Shape shape, float[] values) {
    Backend backend = model.parameters().backend();
    DType dtype = model.parameters().dtype();
    try (Arena.Entered owner = inputs.enter()) {
      return Tensor.of(backend, dtype, shape, values);
    }
  }

  @Override
  public void close() {
    running.forEach(StepRunner::close);
    inputs.close();
    geco.close();
    adam.close();
  }
}
