package hgn.train;

import hgn.config.Config;
import hgn.config.DataConfig;
import hgn.config.GecoConfig;
import hgn.config.TrainConfig;
import hgn.data.BatchMaker;
import hgn.data.Batches;
import hgn.data.DecodedTimes;
import hgn.data.RecordedData;
import hgn.data.Window;
import hgn.dynamics.ImplicitIntegrator;
import hgn.dynamics.Integrators;
import hgn.films.source.FilmProgress;
import hgn.frames.Renderers;
import hgn.frames.RolloutGenerator;
import hgn.frames.Rollouts;
import hgn.frames.Split;
import hgn.loss.Geco;
import hgn.loss.LatentTerm;
import hgn.loss.LossWeighting;
import hgn.loss.ScheduledBeta;
import hgn.model.FilmModel;
import hgn.model.Hgn;
import hgn.nn.Adam;
import hgn.nn.ParameterAverage;
import hgn.predict.Evaluator;
import hgn.predict.Predictor;
import hgn.ranks.Ranks;
import hgn.tensor.Backend;
import hgn.tensor.Backends;
import hgn.tensor.DType;
import hgn.tensor.Recorder;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** Everything that a configuration describes: data, model, optimiser and objective. */
public final class Experiment implements AutoCloseable {
  private final Config config;
  private final Window window;
  private final Optional<RecordedData> recorded;
  private final ModelFactory.Trainable trainable;
  private final Adam adam;
  private final LossWeighting weighting;
  private final Optional<ParameterAverage> average;

  /** Creates the experiment of {@code config} with initial parameters. */
  public Experiment(Config config) {
    this.config = config;
    this.window = Window.of(config.model());
    this.recorded =
        config.data().isRecorded()
            ? Optional.of(RecordedData.open(config.data(), FilmProgress.SILENT))
            : Optional.empty();
    Backend backend = Backends.get(config.engine().backend());
    TrainConfig train = config.train();
    this.trainable = ModelFactory.of(config, backend);
    this.adam =
        new Adam(
            model().parameters(),
            train.beta1(),
            train.beta2(),
            train.epsilon(),
            train.weightDecay());
    this.weighting = weighting(config, backend);
    this.average =
        train.average() == 0
            ? Optional.empty()
            : Optional.of(new ParameterAverage(model().parameters(), train.average()));
  }

  private static LossWeighting weighting(Config config, Backend backend) {
    TrainConfig train = config.train();
    if (train.objective().equals(TrainConfig.VAE)) {
      return new ScheduledBeta(beta(config), backend, DType.FLOAT32);
    }
    if (train.objective().equals(TrainConfig.SUM)) {
      return new ScheduledBeta(ScheduledBeta.Weight.constant(1), backend, DType.FLOAT32);
    }
    GecoConfig geco = train.geco();
    return new Geco(
        new Geco.Settings(geco.tolerance(), geco.alpha(), geco.rate(), geco.lambda()),
        backend,
        DType.FLOAT32);
  }

  private static ScheduledBeta.Weight beta(Config config) {
    double last = config.train().vaeBeta();
    double first = config.train().vaeBetaStart();
    return new ScheduledBeta.Weight(first == 0 ? last : first, last, config.totalSteps());
  }

  /** The rollouts of a set, simulated or read from films. */
  public Rollouts films(Split split) {
    return recorded.isPresent()
        ? recorded.get().windows(split, window.rolloutFrames())
        : rollouts(split);
  }

  /** The generator of a set's rollouts; only for a physical system, see {@link #isRecorded}. */
  public RolloutGenerator rollouts(Split split) {
    DataConfig data = config.data();
    return data.noise()
        .on(
            new RolloutGenerator(
                data.filmed(),
                Renderers.byName(data.renderer(), model().frameSize()),
                window.rolloutFrames(),
                data.dt(),
                data.seed(),
                split));
  }

  /** Initialises the backdrop of a model of recorded films with their mean frame. */
  void begin() {
    if (recorded.isPresent() && model() instanceof Hgn hgn) {
      hgn.decoder().setBackdrop(recorded.get().meanFrame());
    }
  }

  /** The films, if the data was read from files. */
  public Optional<RecordedData> recorded() {
    return recorded;
  }

  /** Whether the data is films read from files, not rollouts of a system. */
  public boolean isRecorded() {
    return recorded.isPresent();
  }

  /** Rollouts of the validation set. */
  public Rollouts validation() {
    return recorded.isPresent()
        ? recorded.get().validation(window.rolloutFrames())
        : rollouts(Split.TRAIN).skipping(config.data().trainRollouts());
  }

  /** Training rollouts, which may start before the first frame that the encoder sees. */
  private Rollouts training(Window whole) {
    return recorded.isPresent()
        ? recorded.get().windows(Split.TRAIN, whole.rolloutFrames())
        : rollouts(Split.TRAIN);
  }

  /** Training batches from step {@code firstStep}, made in the background. */
  public Batches batches(long firstStep) {
    int workers = config.data().workers();
    Window whole = window.withPast(config.train().pastFrames());
    return new Batches(
        BatchMaker.on(model().parameters().backend(), training(whole), whole),
        config.train().batch(),
        config.data().trainRollouts(),
        decoded(),
        config.train().seed(),
        firstStep,
        workers > 0 ? workers : Runtime.getRuntime().availableProcessors());
  }

  private DecodedTimes decoded() {
    return new DecodedTimes(config.train().decodeFrames(), config.model().isHnn(), widening());
  }

  /** Each of this rank's shards of the training batches from step {@code firstStep}. */
  private List<Batches> shards(long firstStep, Ranks ranks) {
    TrainConfig train = config.train();
    int size = train.batch() / train.shards();
    int own = train.shards() / ranks.size();
    int workers = config.data().workers();
    int threads = workers > 0 ? workers : Runtime.getRuntime().availableProcessors();
    Window whole = window.withPast(train.pastFrames());
    BatchMaker maker = BatchMaker.on(model().parameters().backend(), training(whole), whole);
    List<Batches> shards = new ArrayList<>();
    for (int shard = ranks.rank() * own; shard < (ranks.rank() + 1) * own; shard++) {
      shards.add(
          new Batches(
              maker,
              train.batch(),
              new Batches.Part(shard * size, size),
              config.data().trainRollouts(),
              decoded(),
              train.seed(),
              firstStep,
              Math.max(1, threads / own)));
    }
    return shards;
  }

  /**
   * The steps of a training from step {@code first}: of whole batches, or of this rank's shards.
   *
   * @param watch sees the gradients of steps that are not recorded
   * @throws ConfigException if the ranks cannot share the shards evenly
   */
  StepSequence training(long first, GradientWatch watch, Ranks ranks) {
    RankAgreement.requireEven(ranks, config);
    int shards = config.train().shards();
    return shards == 1
        ? new WholeSteps(batches(first), steps(watch))
        : new ShardedSteps(
            shards(first, ranks),
            new ShardedStep(step().watchedBy(watch), ranks, shards, recorder()));
  }

  /** Leaves at least half of a short training for the whole window. */
  private long widening() {
    return Math.min(config.train().widening(), config.totalSteps() / 2);
  }

  /**
   * The fastest runner of training steps: recorded and replayed if the backend supports it.
   *
   * @param watch sees the gradients of steps that are not recorded
   */
  StepRunner steps(GradientWatch watch) {
    TrainingStep step = step().watchedBy(watch);
    return recorder()
        .<StepRunner>map(recorder -> new GraphStepRunner(step, recorder))
        .orElseGet(() -> StepRunner.eager(step));
  }

  /**
   * What records steps, if the backend can. An iterative integrator reads values while it runs,
   * which a recording cannot.
   */
  private Optional<Recorder> recorder() {
    return Integrators.named(config.model().integrator()) instanceof ImplicitIntegrator
        ? Optional.empty()
        : model().parameters().backend().recorder();
  }

  /**
   * A listener that names what goes wrong without an error: a collapse of the posterior, and a
   * lambda that runs away.
   *
   * @param say prints a line
   */
  public TrainingListener warnings(Consumer<String> say) {
    return TrainingListener.all(
        collapseWatch(say), new LambdaWatch(config.train().geco().tolerance(), say));
  }

  /** Silent for a model that has no posterior. */
  private TrainingListener collapseWatch(Consumer<String> say) {
    if (config.model().deterministic() || latentTerm() != LatentTerm.DIVERGENCE) {
      return TrainingListener.SILENT;
    }
    int side = model().frameSize();
    double values = (double) window.framesOut() * side * side * model().frameChannels();
    return new CollapseWatch(values, remedy(), this::stillError, say);
  }

  private String remedy() {
    TrainConfig train = config.train();
    return train.objective().equals(TrainConfig.VAE)
        ? "start again with a lower train.vae-beta-start (now "
            + (train.vaeBetaStart() == 0 ? train.vaeBeta() : train.vaeBetaStart())
            + "), from which the weight of the KL rises, or with another train.seed"
        : "start again with a higher train.geco.lambda (now "
            + train.geco().lambda()
            + ") or a lower train.geco.tolerance (now "
            + train.geco().tolerance()
            + "), or with another train.seed";
  }

  private double stillError() {
    return new Evaluator(validation(), window, config.train().batch())
        .staticImage(config.train().evaluateRollouts())
        .mean();
  }

  /** A training step of this model. */
  public TrainingStep step() {
    TrainingStep.Settings settings = ModelFactory.settings(config, model().parameters().backend());
    return new TrainingStep(trainable.loss(), adam, weighting, settings, average);
  }

  /** The learning rate of step {@code step}, counted from 0. */
  public double learningRate(long step) {
    return LearningRateSchedule.of(config).at(step);
  }

  /** The model's loss term besides the reconstruction error. */
  public LatentTerm latentTerm() {
    return trainable.loss().latentTerm();
  }

  /** A predictor with the model's current parameters at the time of each call. */
  public Predictor predictor() {
    return new Predictor(model(), config.model().deterministic(), config.train().seed());
  }

  /** The configuration. */
  public Config config() {
    return config;
  }

  /** Frames seen and decoded. */
  public Window window() {
    return window;
  }

  /** The model. */
  public FilmModel model() {
    return trainable.model();
  }

  /**
   * Whether the model is trained to have latents distributed as N(0, I). A deterministic one has
   * latents too, but nothing relates their distribution to the prior.
   */
  public boolean hasPrior() {
    return !config.model().deterministic() && model().latent(1).isPresent();
  }

  /** Returns a copy of the model on another backend, in another precision. To be closed. */
  public FilmModel copyOfModel(Backend backend, DType dtype) {
    return ModelFactory.copy(model(), config, backend, dtype);
  }

  /** The optimiser. */
  public Adam adam() {
    return adam;
  }

  /** The moving average of the parameters, if configured. */
  public Optional<ParameterAverage> average() {
    return average;
  }

  /** The objective of training. */
  public LossWeighting weighting() {
    return weighting;
  }

  @Override
  public void close() {
    average.ifPresent(ParameterAverage::close);
    weighting.close();
    adam.close();
    model().close();
  }
}
