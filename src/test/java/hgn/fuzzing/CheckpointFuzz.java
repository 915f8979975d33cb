package hgn.fuzzing;

import hgn.run.Checkpoint;
import hgn.safetensors.SafetensorsFile;
import hgn.tensor.Backends;
import hgn.testing.models.TinyTraining;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.Optional;

/** Safetensors files, and checkpoints in them. */
public final class CheckpointFuzz {
  private static final Sandbox SANDBOX = new Sandbox();
  private static final TinyTraining INTO = new TinyTraining(Backends.get("jvm"));

  private CheckpointFuzz() {}

  /** Loads what takes long the first time. */
  public static void fuzzerInitialize() {
    INTO.adam.steps();
  }

  /** Reads a whole file, or a header before which its length is put. */
  public static void fuzzerTestOneInput(byte[] data) {
    Input input = Input.of(data, 2);
    byte[] bytes = input.way() == 0 ? input.bytes() : withLength(input);
    Path file = SANDBOX.write("last.safetensors", bytes);
    Trial.readPlain(data, () -> readAll(file));
    Trial.readPlain(data, () -> Checkpoint.config(file));
    Trial.readPlain(data, () -> Checkpoint.position(file));
    Trial.readPlain(
        data,
        () ->
            Checkpoint.read(
                file, INTO.model.parameters(), INTO.adam, INTO.weighting, Optional.empty()));
    Trial.readPlain(data, () -> Checkpoint.readModel(file, INTO.model.parameters()));
    SANDBOX.empty();
  }

  /** Length and header, which ends at a zero byte, and what follows that. */
  private static byte[] withLength(Input input) {
    byte[] header = input.parts().get(0);
    byte[] numbers = input.parts().get(1);
    ByteBuffer file =
        Input.little(new byte[Long.BYTES + header.length + numbers.length])
            .putLong(header.length)
            .put(header)
            .put(numbers);
    return file.array();
  }

  private static void readAll(Path file) {
    try (SafetensorsFile source = SafetensorsFile.open(file)) {
      for (String name : source.tensors().keySet()) {
        Trial.read(() -> source.doubles(name));
        Trial.read(() -> source.floats(name));
        Trial.read(() -> source.longs(name));
      }
      source.entry("model/missing");
    }
  }
}
