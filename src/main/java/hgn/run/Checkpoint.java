package hgn.run;

import hgn.config.Config;
import hgn.config.TrainConfig;
import hgn.loss.LossWeighting;
import hgn.nn.Adam;
import hgn.nn.Parameter;
import hgn.nn.ParameterAverage;
import hgn.nn.Parameters;
import hgn.safetensors.CheckpointException;
import hgn.safetensors.SafetensorsFile;
import hgn.safetensors.SafetensorsWriter;
import hgn.tensor.Shape;
import java.nio.file.Path;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * The state of a training run as a safetensors file, from which it resumes bit for bit on the same
 * backend, number of threads and instruction set.
 *
 * <p>Tensors: {@code model/NAME} for each parameter, {@code adam/first/NAME} and {@code
 * adam/second/NAME} for Adam's moments of each trained parameter, {@code objective/lambda}, {@code
 * objective/average}, ... for the objective, {@code average/NAME} for the averages of trained
 * parameters, if the run keeps them, and {@code position/...}: the number of steps, which
 * determines batches and noise, and the best error so far with its step. Random numbers are
 * counter-based, so their state is the seed and the step. The metadata holds the configuration, and
 * the kind of model as {@code variant}.
 */
public final class Checkpoint {
  /** Value of the metadata key {@code format}. */
  public static final String FORMAT = "hgn4j-checkpoint-1";

  private static final String CONFIG_KEY = "config";
  private static final String OBJECTIVE = "objective/";
  private static final String STEPS = "position/steps";
  private static final String BEST = "position/best_mse";
  private static final String BEST_STEP = "position/best_step";

  private Checkpoint() {}

  /**
   * The progress of a run.
   *
   * @param steps optimiser steps completed
   * @param bestMse lowest validation error so far, infinite before the first evaluation
   * @param bestStep step of that evaluation, 0 before the first
   */
  public record Position(long steps, double bestMse, long bestStep) {
    /** The start of a run. */
    public static final Position START = new Position(0, Double.POSITIVE_INFINITY, 0);

    /** The position after one more step. */
    public Position next() {
      return new Position(steps + 1, bestMse, bestStep);
    }

    /** Whether training ends here: all steps are done, or patience has run out. */
    public boolean isEnd(Config config) {
      TrainConfig train = config.train();
      long patience = (long) train.patience() * train.evaluateEvery();
      boolean worse = patience > 0 && bestStep > 0 && steps - bestStep >= patience;
      return worse || steps >= config.totalSteps();
    }
  }

  /**
   * Writes everything to {@code file}, replacing it atomically.
   *
   * @param average average of the parameters, if the run keeps one
   */
  public static void write(
      Path file,
      String config,
      Adam adam,
      LossWeighting weighting,
      Optional<ParameterAverage> average,
      Position position) {
    SafetensorsWriter writer = new SafetensorsWriter();
    writer.metadata(SafetensorsFile.FORMAT_KEY, FORMAT).metadata(CONFIG_KEY, config);
    StoredParameters.put(writer, adam);
    average.ifPresent(kept -> StoredParameters.put(writer, kept));
    Shape scalar = Shape.SCALAR;
    weighting
        .state()
        .forEach((key, value) -> writer.put(OBJECTIVE + key, scalar, new double[] {value}));
    writer.put(STEPS, scalar, new long[] {position.steps()});
    writer.put(BEST, scalar, new double[] {position.bestMse()});
    writer.put(BEST_STEP, scalar, new long[] {position.bestStep()});
    writer.write(file);
  }

  /**
   * The configuration stored in a checkpoint, as YAML.
   *
   * @throws CheckpointException if the file is missing, damaged or no checkpoint of this program
   */
  public static String config(Path file) {
    try (SafetensorsFile source = open(file)) {
      return source.metadata().getOrDefault(CONFIG_KEY, "");
    }
  }

  /**
   * The position stored in a checkpoint.
   *
   * @throws CheckpointException if the file is missing, damaged or no checkpoint of this program
   */
  public static Position position(Path file) {
    try (SafetensorsFile source = open(file)) {
      return position(file, source);
    }
  }

  /**
   * The kind of model stored in a checkpoint.
   *
   * @throws CheckpointException if the file is missing, damaged or no checkpoint of this program
   */
  static String variant(Path file) {
    try (SafetensorsFile source = open(file)) {
      return new StoredParameters(file, source).owner().orElse("");
    }
  }

  /** Shapes of the parameters that a checkpoint holds, by name. */
  static Map<String, Shape> shapes(Path file) {
    try (SafetensorsFile source = open(file)) {
      return new StoredParameters(file, source).shapes();
    }
  }

  /**
   * Reads some parameters.
   *
   * @throws CheckpointException if one is missing or does not fit; then nothing is changed
   */
  static void readInto(Path file, Collection<Parameter> parameters) {
    try (SafetensorsFile source = open(file)) {
      new StoredParameters(file, source).read(parameters);
    }
  }

  private static SafetensorsFile open(Path file) {
    return SafetensorsFile.open(file, FORMAT, "train");
  }

  /**
   * Reads only the parameters, or their averages if the run keeps them.
   *
   * @throws CheckpointException if the file is missing, damaged or of another architecture
   */
  public static void readModel(Path file, Parameters into) {
    try (SafetensorsFile source = open(file)) {
      StoredParameters stored = new StoredParameters(file, source);
      stored.read(into);
      stored.readAverages(into);
    }
  }

  /**
   * Reads everything.
   *
   * @return the position of the run
   * @throws CheckpointException if the file is missing, damaged, or of another architecture or
   *     objective; then nothing is changed
   */
  public static Position read(
      Path file,
      Parameters parameters,
      Adam adam,
      LossWeighting weighting,
      Optional<ParameterAverage> average) {
    try (SafetensorsFile source = open(file)) {
      StoredParameters stored = new StoredParameters(file, source);
      stored.requireFit(parameters, adam);
      average.ifPresent(stored::requireFit);
      Map<String, Double> state = objectiveState(file, source, weighting);
      Position position = position(file, source);
      stored.read(parameters, adam);
      average.ifPresent(stored::read);
      weighting.restore(state);
      adam.restoreSteps(position.steps());
      return position;
    }
  }

  private static Position position(Path file, SafetensorsFile source) {
    long steps = source.onlyLong(STEPS);
    double best = source.onlyDouble(BEST);
    boolean tells = source.tensors().containsKey(BEST_STEP); // missing in old checkpoints
    long bestStep = tells ? source.onlyLong(BEST_STEP) : steps;
    if (steps < 0) {
      throw new CheckpointException(
          file, "it says that " + steps + " steps are done", "use another one");
    }
    if (bestStep < 0 || bestStep > steps || Double.isNaN(best)) {
      throw new CheckpointException(
          file,
          ("it says that of " + steps + " steps number " + bestStep)
              + (" was the best, with the error " + best),
          "use another one");
    }
    return new Position(steps, best, bestStep);
  }

  private static Map<String, Double> objectiveState(
      Path file, SafetensorsFile source, LossWeighting weighting) {
    Set<String> stored = StoredParameters.namesUnder(OBJECTIVE, source);
    Set<String> expected = new TreeSet<>(weighting.state().keySet());
    if (!stored.equals(expected)) {
      throw new CheckpointException(
          file,
          "its objective has the state " + stored + ", the configured one has " + expected,
          "use the configuration it was trained with");
    }
    Map<String, Double> state = new HashMap<>();
    for (String key : expected) {
      source.requireFinite(OBJECTIVE + key);
      state.put(key, source.onlyDouble(OBJECTIVE + key));
    }
    return state;
  }
}
