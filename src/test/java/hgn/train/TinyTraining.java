package hgn.train;

import hgn.frames.Split;
import hgn.model.BaseEnergy;
import hgn.model.ConvSpec;
import hgn.model.Hgn;
import hgn.model.HgnSpec;
import hgn.model.TinyModel;
import hgn.model.integrators.Leapfrog;
import hgn.nn.Adam;
import hgn.nn.Parameter;
import hgn.tensor.Activation;
import hgn.tensor.Backend;
import hgn.tensor.DType;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;

/** A small model with its optimiser and objective, on frames that take no time to draw. */
final class TinyTraining implements AutoCloseable {
  static final Window WINDOW = Window.fromLast(2, 4);
  static final Geco.Settings GECO = new Geco.Settings(0.033, 0.99, 0.05, 1);

  private static final List<Batch> DRAWN =
      IntStream.range(0, 10).mapToObj(k -> batch(4 * k)).toList();

  final Hgn model;
  final Adam adam;
  final Objective objective;
  final TrainingStep step;

  TinyTraining(Backend backend) {
    this(TinyModel.spec(2, 3, true), new Geco(GECO, backend, DType.FLOAT32), backend, false);
  }

  TinyTraining(HgnSpec spec, Objective objective, Backend backend, boolean deterministic) {
    this.model = new Hgn(spec, new Leapfrog(), backend, DType.FLOAT32, 7);
    this.adam = new Adam(model.parameters(), 0.9, 0.999, 1e-8, 0);
    this.objective = objective;
    this.step =
        new TrainingStep(
            model, adam, objective, new TrainingStep.Settings(0.125, 3e-3, 0, deterministic, 7));
  }

  /** An energy that ends in a linear layer, whose bias moves nothing. */
  static HgnSpec linearEnergy() {
    HgnSpec tiny = TinyModel.spec(2, 3, true);
    return new HgnSpec(
        tiny.frameSize(),
        tiny.frameChannels(),
        tiny.framesIn(),
        tiny.encoder(),
        tiny.latent(),
        tiny.transformer(),
        List.of(ConvSpec.same(4, 1, Activation.SOFTPLUS), ConvSpec.same(1, 1, Activation.IDENTITY)),
        BaseEnergy.KINETIC,
        1,
        tiny.decoder(),
        tiny.blockActivation());
  }

  /** Rollouts {@code first} to {@code first + 3} of the training set. */
  static Batch batch(long first) {
    return batch(first, WINDOW, IntStream.range(0, WINDOW.framesOut()).toArray());
  }

  static Batch batch(long first, Window window, int[] times) {
    var films = new FakeRenderer(TinyModel.SIZE).rollouts(window.rolloutFrames(), Split.TRAIN);
    float[][] frames = new float[4][films.rolloutLength()];
    for (int n = 0; n < frames.length; n++) {
      films.render(first + n, frames[n], 0);
    }
    return Batch.of(frames, TinyModel.SIZE, 3, window, times);
  }

  /** Steps {@code from} to {@code to - 1}, over the same 40 rollouts again and again. */
  TrainingStep.Losses run(long from, long to) {
    TrainingStep.Losses losses = null;
    for (long k = from; k < to; k++) {
      losses = step.run(DRAWN.get((int) (k % DRAWN.size())), k);
    }
    return losses;
  }

  /** A copy of everything that a step changes, by name. */
  Map<String, double[]> state() {
    Map<String, double[]> state = new TreeMap<>();
    for (Adam.Slot slot : adam.slots()) {
      Parameter parameter = slot.parameter();
      state.put(parameter.name(), parameter.value().toDoubles());
      state.put(parameter.name() + " first", slot.first().toDoubles());
      state.put(parameter.name() + " second", slot.second().toDoubles());
    }
    objective.state().forEach((key, value) -> state.put(key, new double[] {value}));
    state.put("steps", new double[] {adam.steps()});
    return state;
  }

  @Override
  public void close() {
    objective.close();
    adam.close();
    model.close();
  }
}
