package hgn.run;

import hgn.nn.Adam;
import hgn.nn.Parameter;
import hgn.nn.ParameterAverage;
import hgn.nn.Parameters;
import hgn.safetensors.CheckpointException;
import hgn.safetensors.SafetensorsEntry;
import hgn.safetensors.SafetensorsFile;
import hgn.safetensors.SafetensorsWriter;
import hgn.tensor.Shape;
import hgn.tensor.Tensor;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Parameters, their moments and their averages in a safetensors file: {@code model/NAME}, {@code
 * adam/first/NAME}, {@code adam/second/NAME} and {@code average/NAME}.
 */
public final class StoredParameters {
  private static final String MODEL = "model/";
  private static final String FIRST = "adam/first/";
  private static final String SECOND = "adam/second/";
  private static final String AVERAGE = "average/";
  private static final String OWNER_KEY = "variant";

  private final Path file;
  private final SafetensorsFile source;

  /** Reads from {@code source}, which was opened from {@code file}. */
  public StoredParameters(Path file, SafetensorsFile source) {
    this.file = file;
    this.source = source;
  }

  /** Adds parameters and moments to a file being written. */
  public static void put(SafetensorsWriter writer, Adam adam) {
    writer.metadata(OWNER_KEY, adam.parameters().owner());
    for (Parameter parameter : adam.parameters().all()) {
      writer.put(MODEL + parameter.name(), parameter.value());
    }
    for (Adam.Slot slot : adam.slots()) {
      String name = slot.parameter().name();
      writer.put(FIRST + name, slot.first());
      writer.put(SECOND + name, slot.second());
    }
  }

  /** Adds averages to a file being written. */
  static void put(SafetensorsWriter writer, ParameterAverage average) {
    for (ParameterAverage.Slot slot : average.slots()) {
      writer.put(AVERAGE + slot.parameter().name(), slot.average());
    }
  }

  /**
   * Checks that averages can be read.
   *
   * @throws CheckpointException if they are missing or belong to another architecture
   */
  void requireFit(ParameterAverage average) {
    for (ParameterAverage.Slot slot : average.slots()) {
      requireFit(AVERAGE + slot.parameter().name(), slot.average());
    }
  }

  /** Reads averages after {@link #requireFit(ParameterAverage)} has accepted them. */
  void read(ParameterAverage average) {
    for (ParameterAverage.Slot slot : average.slots()) {
      source.read(AVERAGE + slot.parameter().name(), slot.average());
    }
  }

  /**
   * Reads the averages, if any, into the parameters.
   *
   * @throws CheckpointException if they belong to another architecture; then nothing is changed
   */
  void readAverages(Parameters into) {
    Set<String> averaged = namesUnder(AVERAGE, source);
    List<Parameter> some =
        into.all().stream().filter(parameter -> averaged.contains(parameter.name())).toList();
    some.forEach(parameter -> requireFit(AVERAGE + parameter.name(), parameter.value()));
    some.forEach(parameter -> source.read(AVERAGE + parameter.name(), parameter.value()));
  }

  /**
   * Reads only the parameters.
   *
   * @throws CheckpointException if they belong to another architecture; then nothing is changed
   */
  public void read(Parameters into) {
    requireFit(into);
    for (Parameter parameter : into.all()) {
      source.read(MODEL + parameter.name(), parameter.value());
    }
  }

  /** The kind of model that the parameters belong to; empty if the file does not say. */
  Optional<String> owner() {
    return Optional.ofNullable(source.metadata().get(OWNER_KEY));
  }

  /** Shapes of the parameters, by name. */
  Map<String, Shape> shapes() {
    Map<String, Shape> shapes = new TreeMap<>();
    for (String name : namesUnder(MODEL, source)) {
      shapes.put(name, source.entry(MODEL + name).shape());
    }
    return shapes;
  }

  /**
   * Reads some of the parameters.
   *
   * @throws CheckpointException if one is missing, does not fit or is not finite; then nothing is
   *     changed
   */
  void read(Collection<Parameter> some) {
    some.forEach(parameter -> requireFit(MODEL + parameter.name(), parameter.value()));
    some.forEach(parameter -> source.read(MODEL + parameter.name(), parameter.value()));
  }

  /**
   * Checks that all can be read.
   *
   * @throws CheckpointException if parameters or moments belong to another architecture
   */
  public void requireFit(Parameters parameters, Adam adam) {
    requireFit(parameters);
    for (Adam.Slot slot : adam.slots()) {
      String name = slot.parameter().name();
      requireFit(FIRST + name, slot.first());
      requireFit(SECOND + name, slot.second());
    }
  }

  /** Reads parameters and moments after {@link #requireFit(Parameters, Adam)} has accepted them. */
  public void read(Parameters parameters, Adam adam) {
    for (Parameter parameter : parameters.all()) {
      source.read(MODEL + parameter.name(), parameter.value());
    }
    for (Adam.Slot slot : adam.slots()) {
      String name = slot.parameter().name();
      source.read(FIRST + name, slot.first());
      source.read(SECOND + name, slot.second());
    }
  }

  private void requireFit(Parameters parameters) {
    owner()
        .filter(owner -> !owner.equals(parameters.owner()))
        .ifPresent(
            owner -> {
              throw mismatch(
                  "is of the kind '" + owner + "', the model of '" + parameters.owner() + "'");
            });
    Set<String> stored = namesUnder(MODEL, source);
    for (Parameter parameter : parameters.all()) {
      if (!stored.remove(parameter.name())) {
        throw mismatch("lacks the parameter " + parameter.name());
      }
      requireFit(MODEL + parameter.name(), parameter.value());
    }
    if (!stored.isEmpty()) {
      throw mismatch("has a parameter that the model lacks: " + stored.iterator().next());
    }
  }

  private void requireFit(String name, Tensor into) {
    SafetensorsEntry entry = source.entry(name);
    if (!entry.shape().equals(into.shape())) {
      String expected = ", the model expects " + into.shape();
      throw mismatch("has " + name + " of shape " + entry.shape() + expected);
    }
    if (!entry.type().isFloat()) {
      throw mismatch("stores " + name + " as " + entry.type().words());
    }
    source.requireFinite(name);
  }

  private CheckpointException mismatch(String what) {
    return new CheckpointException(
        file,
        "it " + what,
        "it belongs to another model: use the configuration it was trained with");
  }

  /** The names that start with {@code prefix}, without it. */
  static Set<String> namesUnder(String prefix, SafetensorsFile source) {
    Set<String> names = new TreeSet<>();
    for (String name : source.tensors().keySet()) {
      if (name.startsWith(prefix)) {
        names.add(name.substring(prefix.length()));
      }
    }
    return names;
  }
}
