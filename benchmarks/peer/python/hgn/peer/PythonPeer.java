package hgn.peer;

import hgn.data.Batch;
import hgn.model.Hgn;
import hgn.nn.Parameter;
import hgn.safetensors.SafetensorsFile;
import hgn.safetensors.SafetensorsWriter;
import hgn.tensor.Shape;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

/** A Python process's copy of a model; numbers go through files in a folder. */
final class PythonPeer implements PeerModel {
  private final Python python;
  private final Path folder;

  PythonPeer(Python python, Path folder, Hgn model, Batch batch) {
    this.python = python;
    this.folder = folder;
    Path file = folder.resolve("check.safetensors");
    write(model, batch, file);
    python.ask("check", file.toString());
  }

  /** Writes a model's parameters and a batch. */
  static void write(Hgn model, Batch batch, Path file) {
    SafetensorsWriter writer = new SafetensorsWriter();
    for (Parameter parameter : model.parameters().all()) {
      writer.put(parameter.name(), parameter.shape(), parameter.value().toFloats());
    }
    writer.put("clips", batch.clipShape(), batch.clips());
    writer.put("targets", batch.targetShape(), batch.targets());
    writer.write(file);
  }

  @Override
  public double step(float[] noise, Shape latent) {
    Path file = folder.resolve("noise.safetensors");
    new SafetensorsWriter().put("noise", latent, noise).write(file);
    return python.ask("step", file.toString()).path("loss").asDouble();
  }

  @Override
  public Map<String, float[]> gradients() {
    Path path = folder.resolve("gradients.safetensors");
    python.ask("gradients", path.toString());
    Map<String, float[]> gradients = new LinkedHashMap<>();
    try (SafetensorsFile file = SafetensorsFile.open(path)) {
      file.tensors().keySet().forEach(name -> gradients.put(name, file.floats(name)));
    }
    return gradients;
  }
}
