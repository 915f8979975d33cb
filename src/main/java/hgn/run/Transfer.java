package hgn.run;

import hgn.config.ConfigException;
import hgn.nn.Parameter;
import hgn.nn.Parameters;
import hgn.safetensors.CheckpointException;
import hgn.tensor.Shape;
import java.nio.file.Path;
import java.util.Collection;
import java.util.Map;

/** Copies whole networks from a checkpoint of another run, such as on another system. */
public final class Transfer {
  private final Path file;
  private final Parameters model;
  private final Map<String, Shape> stored;
  private final String kind;

  private Transfer(Path file, Parameters model) {
    this.file = file;
    this.model = model;
    this.stored = Checkpoint.shapes(file);
    this.kind = Checkpoint.variant(file);
  }

  /**
   * Overwrites parameters with those of a checkpoint.
   *
   * @param file the checkpoint
   * @param model parameters; networks outside {@code reset} are overwritten
   * @param reset networks that keep their initial values
   * @throws ConfigException if the model has no network of that name
   * @throws CheckpointException if the file is missing or damaged, or a network does not fit; then
   *     nothing is changed
   */
  public static void of(Path file, Parameters model, Collection<String> reset) {
    Networks.require("--reset", reset, model);
    Transfer transfer = new Transfer(file, model);
    Collection<Parameter> taken =
        model.all().stream().filter(parameter -> !reset.contains(parameter.network())).toList();
    taken.forEach(transfer::requireFit);
    for (String name : transfer.stored.keySet()) {
      transfer.requireKnown(name, reset);
    }
    Checkpoint.readInto(file, taken);
  }

  private void requireFit(Parameter parameter) {
    Shape shape = stored.get(parameter.name());
    if (shape == null) {
      throw misfit("lacks " + parameter.name() + ", which the model has", parameter.network());
    }
    if (!shape.equals(parameter.shape())) {
      throw misfit(
          "has "
              + parameter.name()
              + " of shape "
              + shape
              + ", the model expects "
              + parameter.shape(),
          parameter.network());
    }
  }

  /** Checks that the model has the stored parameter: a network must be copied whole. */
  private void requireKnown(String name, Collection<String> reset) {
    String network = name.substring(0, Math.max(0, name.indexOf('.')));
    boolean taken = model.networks().contains(network) && !reset.contains(network);
    if (taken && model.all().stream().noneMatch(parameter -> parameter.name().equals(name))) {
      throw misfit("has " + name + ", which the model lacks", network);
    }
  }

  private CheckpointException misfit(String what, String network) {
    String kinds =
        kind.equals(model.owner())
            ? ""
            : " (it is of the kind '" + kind + "', the model of '" + model.owner() + "')";
    return new CheckpointException(
        file,
        "it " + what + kinds,
        "add " + network + " to --reset, or configure the model as that run did");
  }
}
