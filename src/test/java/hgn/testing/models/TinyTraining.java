package hgn.testing.models;

import hgn.data.Batch;
import hgn.data.Window;
import hgn.dynamics.Leapfrog;
import hgn.frames.Split;
import hgn.loss.Geco;
import hgn.loss.LossWeighting;
import hgn.model.BaseEnergy;
import hgn.model.Hgn;
import hgn.model.HgnSpec;
import hgn.nn.Adam;
import hgn.nn.ConvSpec;
import hgn.nn.Parameter;
import hgn.tensor.Activation;
import hgn.tensor.Backend;
import hgn.tensor.DType;
import hgn.testing.FakeRenderer;
import hgn.train.LearningRateSchedule;
import hgn.train.TrainingStep;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;

/** A small model with its optimiser and objective, on frames that are cheap to draw. */
public final class TinyTraining implements AutoCloseable {
  public static final Window WINDOW = Window.fromLast(2, 4);
  public static final Geco.Settings GECO = new Geco.Settings(0.033, 0.99, 0.05, 1);

  private static final List<Batch> DRAWN =
      IntStream.range(0, 10).mapToObj(k -> batch(4 * k)).toList();

  public final Hgn model;
  public final Adam adam;
  public final LossWeighting weighting;
  public final TrainingStep step;

  public TinyTraining(Backend backend) {
    this(TinyModel.spec(2, 3, true), new Geco(GECO, backend, DType.FLOAT32), backend, false);
  }

  /** With an aggregate divergence of this weight. */
  public TinyTraining(Backend backend, double aggregateWeight) {
    this(
        TinyModel.spec(2, 3, true),
        new Geco(GECO, backend, DType.FLOAT32),
        backend,
        new TrainingStep.Settings(
            0.125, LearningRateSchedule.constant(3e-3), 0, false, 7, aggregateWeight, 0));
  }

  public TinyTraining(
      HgnSpec spec, LossWeighting weighting, Backend backend, boolean deterministic) {
    this(spec, weighting, backend, new TrainingStep.Settings(0.125, 3e-3, 0, deterministic, 7));
  }

  private TinyTraining(
      HgnSpec spec, LossWeighting weighting, Backend backend, TrainingStep.Settings settings) {
    this.model = new Hgn(spec, new Leapfrog(), backend, DType.FLOAT32, 7);
    this.adam = new Adam(model.parameters(), 0.9, 0.999, 1e-8, 0);
    this.weighting = weighting;
    this.step = new TrainingStep(model, adam, weighting, settings);
  }

  /** An energy that ends in a linear layer, whose bias has no effect. */
  public static HgnSpec linearEnergy() {
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
  public static Batch batch(long first) {
    return batch(first, WINDOW, IntStream.range(0, WINDOW.framesOut()).toArray());
  }

  public static Batch batch(long first, Window window, int[] times) {
    var films = new FakeRenderer(TinyModel.SIZE).rollouts(window.rolloutFrames(), Split.TRAIN);
    float[][] frames = new float[4][films.rolloutLength()];
    for (int n = 0; n < frames.length; n++) {
      films.render(first + n, frames[n], 0);
    }
    return Batch.of(frames, TinyModel.SIZE, 3, window, times);
  }

  /** Steps {@code from} to {@code to - 1}, over the same 40 rollouts again and again. */
  public TrainingStep.Losses run(long from, long to) {
    TrainingStep.Losses losses = null;
    for (long k = from; k < to; k++) {
      losses = step.run(DRAWN.get((int) (k % DRAWN.size())), k);
    }
    return losses;
  }

  /** A copy of everything that a step changes, by name. */
  public Map<String, double[]> state() {
    Map<String, double[]> state = new TreeMap<>();
    for (Adam.Slot slot : adam.slots()) {
      Parameter parameter = slot.parameter();
      state.put(parameter.name(), parameter.value().toDoubles());
      state.put(parameter.name() + " first", slot.first().toDoubles());
      state.put(parameter.name() + " second", slot.second().toDoubles());
    }
    weighting.state().forEach((key, value) -> state.put(key, new double[] {value}));
    state.put("steps", new double[] {adam.steps()});
    return state;
  }

  @Override
  public void close() {
    weighting.close();
    adam.close();
    model.close();
  }
}
