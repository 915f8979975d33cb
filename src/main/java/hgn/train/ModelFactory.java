package hgn.train;

import hgn.config.Config;
import hgn.config.ConfigException;
import hgn.config.DataConfig;
import hgn.config.FramesAtOnce;
import hgn.config.ModelConfig;
import hgn.config.TrainConfig;
import hgn.dynamics.Integrator;
import hgn.dynamics.Integrators;
import hgn.frames.Renderers;
import hgn.loss.DecoderMemory;
import hgn.loss.HgnLoss;
import hgn.loss.HnnLoss;
import hgn.loss.ModelLoss;
import hgn.model.Angles;
import hgn.model.BaseEnergy;
import hgn.model.Contrast;
import hgn.model.DynamicsKind;
import hgn.model.FilmModel;
import hgn.model.Hgn;
import hgn.model.HgnSpec;
import hgn.model.Hnn;
import hgn.model.Presets;
import hgn.model.VectorPhase;
import hgn.nn.Parameter;
import hgn.nn.Parameters;
import hgn.run.Networks;
import hgn.tensor.Backend;
import hgn.tensor.DType;
import java.util.Iterator;
import java.util.Set;
import java.util.TreeSet;

/**
 * Creates the model of a configuration, with initial parameters, and its loss. Only this class
 * knows all kinds of model.
 */
final class ModelFactory {
  /** A model and its loss. */
  record Trainable(FilmModel model, ModelLoss loss) {}

  private ModelFactory() {}

  /**
   * Creates the model.
   *
   * @throws ConfigException if a frozen network does not exist, or all are frozen
   */
  static Trainable of(Config config, Backend backend) {
    Trainable trainable = make(config, backend, DType.FLOAT32);
    Parameters parameters = trainable.model().parameters();
    try {
      Networks.require("train.freeze", config.train().freeze(), parameters);
      if (parameters.trained().isEmpty()) {
        throw new ConfigException(
            "train.freeze names all networks, "
                + String.join(", ", config.train().freeze())
                + ", so there is nothing to train; leave one out");
      }
      return trainable;
    } catch (ConfigException unusable) {
      trainable.model().close();
      throw unusable;
    }
  }

  /** Creates a copy of a model of this configuration on another backend, in another precision. */
  static FilmModel copy(FilmModel model, Config config, Backend backend, DType dtype) {
    FilmModel copy = make(config, backend, dtype).model();
    Iterator<Parameter> values = model.parameters().all().iterator();
    for (Parameter parameter : copy.parameters().all()) {
      parameter.value().set(values.next().value().toDoubles());
    }
    return copy;
  }

  private static Trainable make(Config config, Backend backend, DType dtype) {
    ModelConfig shape = config.model();
    TrainConfig train = config.train();
    HgnSpec spec = spec(config);
    Integrator integrator = Integrators.named(shape.integrator());
    Set<String> frozen = new TreeSet<>(train.freeze());
    double frameTime = config.data().dt();
    switch (shape.family()) {
      case ModelConfig.HNN -> {
        Parameters parameters = new Parameters(backend, dtype, ModelConfig.HNN, frozen);
        Hnn hnn = Hnn.dense(spec, integrator, parameters, train.seed(), frameTime);
        return new Trainable(hnn, new HnnLoss(hnn));
      }
      case ModelConfig.HNN_CONV -> {
        Parameters parameters = new Parameters(backend, dtype, Hnn.variant(spec), frozen);
        Hnn hnn = Hnn.conv(spec, integrator, parameters, train.seed(), frameTime);
        return new Trainable(hnn, new HnnLoss(hnn));
      }
      default -> {
        Parameters parameters = new Parameters(backend, dtype, Hgn.variant(spec), frozen);
        Hgn hgn = new Hgn(spec, integrator, parameters, train.seed());
        return new Trainable(hgn, new HgnLoss(hgn, settings(config, backend).loss()));
      }
    }
  }

  private static HgnSpec spec(Config config) {
    ModelConfig shape = config.model();
    BaseEnergy base = BaseEnergy.named(shape.base());
    HgnSpec spec = architecture(shape, base);
    HgnSpec sized = shape.latent() == 0 ? spec : spec.withLatent(shape.latent());
    DataConfig data = config.data();
    return sized
        .forFrames(data.frameSize(), data.frameChannels())
        .withBackdrop(shape.backdrop())
        .seeing(new Contrast(shape.contrast(), background(data)))
        .with(DynamicsKind.of(shape.dynamics(), shape.energy()));
  }

  private static HgnSpec architecture(ModelConfig shape, BaseEnergy base) {
    String preset = shape.preset();
    int frames = shape.inputFrames();
    if (shape.phase() > 0) {
      VectorPhase few =
          new VectorPhase(
              shape.phase(),
              new Angles(shape.angles()),
              shape.frameFeatures(),
              shape.octaves(),
              shape.profiles());
      HgnSpec whole = Presets.withPhase(preset, frames, base, shape.gain(), few);
      return shape.transformer() ? whole : whole.withoutTransformer(whole.encoder());
    }
    return shape.transformer()
        ? Presets.named(preset, frames, base, shape.gain())
        : Presets.withoutTransformer(preset, frames, base, shape.gain());
  }

  private static double background(DataConfig data) {
    return data.isRecorded()
        ? data.background()
        : Renderers.byName(data.renderer(), data.frameSize()).background();
  }

  /** The constants of a training step. */
  static TrainingStep.Settings settings(Config config, Backend backend) {
    return new TrainingStep.Settings(
        config.data().dt(),
        LearningRateSchedule.of(config),
        framesAtOnce(config, backend),
        config.model().deterministic(),
        config.train().seed(),
        config.train().aggregateWeight(),
        config.train().clipNorm());
  }

  /** Frames decoded at once; a number of them is meant for 32x32, and lower for larger frames. */
  private static int framesAtOnce(Config config, Backend backend) {
    FramesAtOnce frames = config.train().framesAtOnce();
    if (frames.isAuto()) {
      return DecoderMemory.framesAtOnce(spec(config), backend);
    }
    int larger = config.data().frameSize() / DataConfig.SIZES.get(0);
    return frames.count() == 0 ? 0 : Math.max(1, frames.count() / (larger * larger));
  }
}
