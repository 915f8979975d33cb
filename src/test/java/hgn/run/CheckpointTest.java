package hgn.run;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hgn.files.StorageException;
import hgn.loss.Geco;
import hgn.loss.ScheduledBeta;
import hgn.safetensors.CheckpointException;
import hgn.safetensors.SafetensorsEntry;
import hgn.safetensors.SafetensorsFile;
import hgn.safetensors.SafetensorsWriter;
import hgn.tensor.Backend;
import hgn.tensor.Backends;
import hgn.tensor.DType;
import hgn.tensor.Shape;
import hgn.testing.backends.RunningBackends;
import hgn.testing.models.TinyModel;
import hgn.testing.models.TinyTraining;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class CheckpointTest {
  private static final Backend BACKEND = Backends.fastest();
  private static final String CONFIG = "model:\n  preset: tiny\n";

  @TempDir Path folder;

  static List<Backend> backends() {
    return RunningBackends.all();
  }

  private Path write(TinyTraining training, String name, double best) {
    Path file = folder.resolve(name);
    Checkpoint.Position position =
        new Checkpoint.Position(training.adam.steps(), best, training.adam.steps());
    Checkpoint.write(file, CONFIG, training.adam, training.weighting, Optional.empty(), position);
    return file;
  }

  private static Checkpoint.Position read(Path file, TinyTraining into) {
    return Checkpoint.read(
        file, into.model.parameters(), into.adam, into.weighting, Optional.empty());
  }

  private static void assertSameState(TinyTraining expected, TinyTraining actual) {
    Map<String, double[]> state = actual.state();
    expected.state().forEach((name, values) -> assertArrayEquals(values, state.get(name), name));
  }

  @ParameterizedTest
  @MethodSource("backends")
  void everythingComesBackBitForBit(Backend backend) throws IOException {
    try (TinyTraining written = new TinyTraining(backend);
        TinyTraining read = new TinyTraining(backend)) {
      written.run(0, 3);
      Path file = write(written, "a.safetensors", 0.125);
      assertEquals(new Checkpoint.Position(3, 0.125, 3), read(file, read));
      assertSameState(written, read);
      assertEquals(CONFIG, Checkpoint.config(file));
      Path again = write(read, "b.safetensors", 0.125);
      assertArrayEquals(Files.readAllBytes(file), Files.readAllBytes(again));
      assertEquals(written.run(3, 8), read.run(3, 8), "and both go on alike");
      assertSameState(written, read);
    }
  }

  @Test
  void aRunThatWasNeverEvaluatedHasNoBestError() {
    try (TinyTraining training = new TinyTraining(BACKEND)) {
      Path file = write(training, "a.safetensors", Double.POSITIVE_INFINITY);
      assertEquals(Checkpoint.Position.START, read(file, training));
    }
  }

  @Test
  void theModelAloneCanBeRead() {
    try (TinyTraining written = new TinyTraining(BACKEND);
        TinyTraining read = new TinyTraining(BACKEND)) {
      written.run(0, 2);
      Checkpoint.readModel(write(written, "a.safetensors", 1), read.model.parameters());
      for (var parameter : written.model.parameters().all()) {
        assertArrayEquals(
            parameter.value().toDoubles(),
            read.model.parameters().get(parameter.name()).value().toDoubles());
      }
      assertEquals(0, read.adam.steps());
    }
  }

  /** Reading fails with one line that contains the file and the words, and changes nothing. */
  private void assertRefused(Path file, TinyTraining into, String... words) {
    Map<String, double[]> before = into.state();
    String message = assertThrows(CheckpointException.class, () -> read(file, into)).getMessage();
    assertTrue(message.startsWith("checkpoint " + file + ": "), message);
    assertFalse(message.contains("\n"), message);
    for (String word : words) {
      assertTrue(message.contains(word), "'" + message + "' lacks '" + word + "'");
    }
    Map<String, double[]> after = into.state();
    before.forEach((name, values) -> assertArrayEquals(values, after.get(name), name));
  }

  @Test
  void anotherModelsCheckpointIsRefused() {
    try (TinyTraining tiny = new TinyTraining(BACKEND);
        TinyTraining more =
            new TinyTraining(
                TinyModel.spec(3, 3, true),
                new Geco(TinyTraining.GECO, BACKEND, DType.FLOAT32),
                BACKEND,
                false);
        TinyTraining wider =
            new TinyTraining(
                TinyTraining.linearEnergy(),
                new Geco(TinyTraining.GECO, BACKEND, DType.FLOAT32),
                BACKEND,
                false)) {
      Path file = write(tiny, "tiny.safetensors", 1);
      assertRefused(
          file, more, "encoder.trunk.0.weight", "(3,3,6,4)", "(3,3,9,4)", "configuration");
      assertRefused(file, wider, "hamiltonian.1.weight", "(2,2,4,1)", "(3,3,4,1)");
    }
  }

  @Test
  void aCheckpointOfAnotherObjectiveIsRefused() {
    try (TinyTraining adaptive = new TinyTraining(BACKEND);
        TinyTraining fixed =
            new TinyTraining(
                TinyModel.spec(2, 3, true),
                new ScheduledBeta(ScheduledBeta.Weight.constant(1), BACKEND, DType.FLOAT32),
                BACKEND,
                false)) {
      fixed.run(0, 1);
      adaptive.run(0, 1);
      String[] words = {"objective", "[average, lambda, started]", "[]", "configuration"};
      assertRefused(write(fixed, "fixed.safetensors", 1), adaptive, words);
      assertRefused(write(adaptive, "adaptive.safetensors", 1), fixed, words);
    }
  }

  @Test
  void parametersThatAreMissingOrTooManyAreNamed() {
    try (TinyTraining training = new TinyTraining(BACKEND)) {
      training.run(0, 1);
      Path file = write(training, "a.safetensors", 1);
      Path fewer = edited(file, name -> !name.equals("model/decoder.out.bias"), writer -> {});
      assertRefused(fewer, training, "lacks", "decoder.out.bias");
      Path more =
          edited(
              file,
              name -> true,
              writer -> writer.put("model/extra.bias", Shape.of(2), new float[2]));
      assertRefused(more, training, "extra.bias");
      for (String name :
          List.of(
              "adam/first/decoder.out.bias",
              "adam/second/encoder.mean.weight",
              "position/steps",
              "position/best_mse")) {
        assertRefused(edited(file, other -> !other.equals(name), writer -> {}), training, name);
      }
      Path started = edited(file, name -> !name.equals("objective/started"), writer -> {});
      assertRefused(started, training, "[average, lambda]", "[average, lambda, started]");
      Path integers =
          edited(
              file,
              name -> !name.equals("adam/first/decoder.out.bias"),
              writer -> writer.put("adam/first/decoder.out.bias", Shape.of(3), new long[3]));
      assertRefused(integers, training, "integers", "adam/first/decoder.out.bias");
      Path misshapen =
          edited(
              file,
              name -> !name.equals("adam/second/decoder.out.bias"),
              writer -> writer.put("adam/second/decoder.out.bias", Shape.of(5), new float[5]));
      assertRefused(misshapen, training, "adam/second/decoder.out.bias", "(5)", "(3)");
      Path counted =
          edited(
              file,
              name -> !name.equals("position/steps"),
              writer -> writer.put("position/steps", Shape.SCALAR, new long[] {-4}));
      assertRefused(counted, training, "-4");
      Path typed =
          edited(
              file,
              name -> !name.equals("objective/lambda"),
              writer -> writer.put("objective/lambda", Shape.SCALAR, new long[] {3}));
      assertRefused(typed, training, "objective/lambda");
    }
  }

  /** Copies a checkpoint, omitting some tensors and adding others. */
  private Path edited(
      Path file, java.util.function.Predicate<String> keep, Consumer<SafetensorsWriter> addition) {
    SafetensorsWriter writer = new SafetensorsWriter();
    try (SafetensorsFile source = SafetensorsFile.open(file)) {
      source.metadata().forEach(writer::metadata);
      source
          .tensors()
          .forEach(
              (name, entry) -> {
                if (keep.test(name)) {
                  copy(source, entry, writer);
                }
              });
    }
    addition.accept(writer);
    Path copy = folder.resolve("edited.safetensors");
    writer.write(copy);
    return copy;
  }

  private static void copy(
      SafetensorsFile source, SafetensorsEntry entry, SafetensorsWriter writer) {
    switch (entry.type()) {
      case F32 -> writer.put(entry.name(), entry.shape(), source.floats(entry.name()));
      case F64 -> writer.put(entry.name(), entry.shape(), source.doubles(entry.name()));
      default -> writer.put(entry.name(), entry.shape(), source.longs(entry.name()));
    }
  }

  @Test
  void foreignAndTruncatedFilesAreRefused() throws IOException {
    try (TinyTraining training = new TinyTraining(BACKEND)) {
      training.run(0, 1);
      Path foreign = folder.resolve("foreign.safetensors");
      new SafetensorsWriter().put("x", Shape.of(1), new float[1]).write(foreign);
      assertRefused(foreign, training, "no checkpoint of hgn4j");
      Path later = folder.resolve("later.safetensors");
      new SafetensorsWriter().metadata("format", "hgn4j-checkpoint-\n9").write(later);
      assertRefused(later, training, "hgn4j-checkpoint- 9", Checkpoint.FORMAT);
      assertRefused(folder.resolve("absent.safetensors"), training, "no such file");

      byte[] whole = Files.readAllBytes(write(training, "a.safetensors", 1));
      Path cut = folder.resolve("cut.safetensors");
      for (int length : new int[] {0, 7, 8, 100, whole.length / 2, whole.length - 1}) {
        Files.write(cut, Arrays.copyOf(whole, length));
        assertRefused(cut, training);
        assertThrows(CheckpointException.class, () -> Checkpoint.config(cut));
      }
    }
  }

  @Test
  void aWriteThatFailsLeavesTheOldCheckpointIntact() throws IOException {
    try (TinyTraining training = new TinyTraining(BACKEND)) {
      training.run(0, 1);
      Path file = write(training, "last.safetensors", 1);
      byte[] before = Files.readAllBytes(file);
      training.run(1, 2);
      Path gone = folder.resolveSibling(folder.getFileName() + "-unmounted");
      Files.move(folder, gone);
      String message =
          assertThrows(StorageException.class, () -> write(training, "last.safetensors", 1))
              .getMessage();
      Files.move(gone, folder);
      assertTrue(message.startsWith("cannot write " + file), message);
      assertArrayEquals(before, Files.readAllBytes(file));
      write(training, "last.safetensors", 1);
      assertEquals(2, read(file, training).steps());
    }
  }
}
