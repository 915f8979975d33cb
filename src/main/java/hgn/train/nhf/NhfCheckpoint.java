package hgn.train.nhf;

import hgn.nn.Adam;
import hgn.nn.Parameters;
import hgn.run.StoredParameters;
import hgn.safetensors.CheckpointException;
import hgn.safetensors.SafetensorsFile;
import hgn.safetensors.SafetensorsWriter;
import hgn.tensor.Shape;
import java.nio.file.Path;

/**
 * The training state of a flow as a safetensors file, from which training resumes bit for bit on
 * the same backend, number of threads and instruction set: parameters, moments, and the number of
 * steps, which determines points, noise and learning rate.
 */
public final class NhfCheckpoint {
  /** Value of the metadata key {@code format}. */
  public static final String FORMAT = "hgn4j-flow-1";

  private static final String COMMAND = "flow train";
  private static final String CONFIG_KEY = "config";
  private static final String STEPS = "position/steps";

  private NhfCheckpoint() {}

  /** Writes everything to {@code file}, replacing it atomically. */
  public static void write(Path file, String config, Adam adam) {
    SafetensorsWriter writer = new SafetensorsWriter();
    writer.metadata(SafetensorsFile.FORMAT_KEY, FORMAT).metadata(CONFIG_KEY, config);
    StoredParameters.put(writer, adam);
    writer.put(STEPS, Shape.SCALAR, new long[] {adam.steps()});
    writer.write(file);
  }

  /**
   * The configuration stored in a checkpoint, as YAML.
   *
   * @throws CheckpointException if the file is missing, damaged or no checkpoint of a flow
   */
  public static String config(Path file) {
    try (SafetensorsFile source = SafetensorsFile.open(file, FORMAT, COMMAND)) {
      return source.metadata().getOrDefault(CONFIG_KEY, "");
    }
  }

  /**
   * Reads only the parameters.
   *
   * @return number of training steps
   * @throws CheckpointException if the file is missing, damaged or of another architecture; then
   *     nothing is changed
   */
  public static long readModel(Path file, Parameters into) {
    try (SafetensorsFile source = SafetensorsFile.open(file, FORMAT, COMMAND)) {
      long steps = steps(file, source);
      new StoredParameters(file, source).read(into);
      return steps;
    }
  }

  /**
   * Reads everything, including Adam's step count.
   *
   * @throws CheckpointException if the file is missing, damaged or of another architecture; then
   *     nothing is changed
   */
  public static void read(Path file, Parameters parameters, Adam adam) {
    try (SafetensorsFile source = SafetensorsFile.open(file, FORMAT, COMMAND)) {
      StoredParameters stored = new StoredParameters(file, source);
      stored.requireFit(parameters, adam);
      long steps = steps(file, source);
      stored.read(parameters, adam);
      adam.restoreSteps(steps);
    }
  }

  private static long steps(Path file, SafetensorsFile source) {
    long steps = source.onlyLong(STEPS);
    if (steps < 0) {
      throw new CheckpointException(
          file, "it says that " + steps + " steps are done", "use another one");
    }
    return steps;
  }
}
