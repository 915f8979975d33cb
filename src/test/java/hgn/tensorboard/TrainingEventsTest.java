package hgn.tensorboard;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import hgn.config.Config;
import hgn.config.ConfigLoader;
import hgn.predict.Estimate;
import hgn.run.Checkpoint;
import hgn.run.RunFolder;
import hgn.train.Experiment;
import hgn.train.Trainer;
import hgn.train.TrainingListener;
import hgn.train.TrainingStep;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The events of whole trainings. */
class TrainingEventsTest {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int STEPS = 6;

  @TempDir private static Path shared;
  private static RunFolder whole;

  @TempDir private Path runs;
  private final List<String> warnings = new ArrayList<>();

  @BeforeAll
  static void trainOnce() {
    whole = RunFolder.create(shared, "whole");
    List<String> warnings = new ArrayList<>();
    train(config(true), whole, warnings);
    assertEquals(List.of(), warnings);
  }

  private static Config config(boolean tensorboard, String... more) {
    List<String> settings =
        new ArrayList<>(
            List.of(
                "train.steps=" + STEPS,
                "train.batch=2",
                "model.frames-in=2",
                "model.frames-out=3",
                "data.train-rollouts=6",
                "data.workers=1",
                "train.decode-frames=0",
                "train.log-every=1",
                "train.evaluate-every=2",
                "train.checkpoint-every=2",
                "train.evaluate-rollouts=2",
                "engine.backend=jvm",
                "train.tensorboard=" + tensorboard));
    settings.addAll(List.of(more));
    return ConfigLoader.load(null, settings);
  }

  private static void train(Config config, RunFolder folder, List<String> warnings) {
    train(config, folder, warnings, TrainingListener.SILENT);
  }

  /** From the start, or from the last checkpoint where there is one. */
  private static void train(
      Config config, RunFolder folder, List<String> warnings, TrainingListener beside) {
    try (Experiment experiment = new Experiment(config);
        TrainingEvents events = new TrainingEvents(experiment, folder, warnings::add)) {
      Trainer trainer = new Trainer(experiment, folder, TrainingListener.all(events, beside));
      if (Files.exists(folder.lastCheckpoint())) {
        trainer.resume();
      } else {
        trainer.start();
      }
    }
  }

  private static List<Path> files(RunFolder folder) throws IOException {
    return new EventFolder(folder.events()).files();
  }

  private static List<ReadEvent> events(RunFolder folder) throws IOException {
    return ReadEvent.all(files(folder));
  }

  private static List<Map<Integer, Object>> values(RunFolder folder, String tag)
      throws IOException {
    return events(folder).stream()
        .map(event -> event.values().get(tag))
        .filter(value -> value != null)
        .toList();
  }

  @Test
  void scalarsAreTheMetrics() throws IOException {
    Set<String> expected = new TreeSet<>();
    for (String line : Files.readAllLines(whole.metrics())) {
      JsonNode node = JSON.readTree(line);
      String step = node.path("step").asText();
      for (Map.Entry<String, JsonNode> entry : node.properties()) {
        String key = entry.getKey();
        String tag =
            key.startsWith("validation_")
                ? "validation/" + key.substring("validation_".length())
                : "train/" + key;
        if (!key.equals("step")) {
          expected.add(step + " " + tag + " " + (float) entry.getValue().asDouble());
        }
      }
    }
    List<String> found = new ArrayList<>(ReadEvent.scalars(events(whole)));
    found.removeIf(line -> line.contains("train/learning_rate"));
    assertEquals(expected.size(), found.size());
    assertEquals(expected, new TreeSet<>(found));
    assertTrue(found.stream().anyMatch(line -> line.startsWith("6 validation/mse ")));
  }

  @Test
  void theRateIsThatOfEachStep() throws IOException {
    List<Map<Integer, Object>> rates = values(whole, "train/learning_rate");
    assertEquals(STEPS, rates.size());
    try (Experiment experiment = new Experiment(config(true))) {
      for (int i = 0; i < STEPS; i++) {
        assertEquals((float) experiment.learningRate(i), rates.get(i).get(ReadEvent.SCALAR));
      }
    }
  }

  @Test
  void evaluationsHavePicturesOfThePromisedSize() throws IOException {
    for (String tag : List.of("test clip", "samples")) {
      List<Map<Integer, Object>> pictures = values(whole, tag);
      assertEquals(3, pictures.size(), tag);
      for (Map<Integer, Object> picture : pictures) {
        Map<Integer, Object> image = ReadEvent.fields((byte[]) picture.get(ReadEvent.IMAGE));
        BufferedImage read = ImageIO.read(new ByteArrayInputStream((byte[]) image.get(4)));
        assertEquals((long) read.getHeight(), image.get(1));
        assertEquals((long) read.getWidth(), image.get(2));
        assertTrue(read.getWidth() > 3 * 96 && read.getHeight() > 2 * 96, tag);
      }
    }
  }

  @Test
  void gradientsAreThoseOfTheStepThatIsEvaluated() throws IOException {
    Set<String> networks;
    try (Experiment experiment = new Experiment(config(true))) {
      networks = experiment.model().parameters().networks();
    }
    for (ReadEvent event : events(whole)) {
      if (event.values().containsKey("samples")) {
        double squares = 0;
        for (String network : networks) {
          Map<Integer, Object> value = event.values().get("gradient/" + network);
          assertNotNull(value, network);
          Map<Integer, Object> histogram =
              ReadEvent.fields((byte[]) value.get(ReadEvent.HISTOGRAM));
          squares += (Double) histogram.get(5);
        }
        assertEquals(norm(event.step()), Math.sqrt(squares), 1e-5 * Math.sqrt(squares));
      }
    }
  }

  private static double norm(long step) throws IOException {
    for (String line : Files.readAllLines(whole.metrics())) {
      JsonNode node = JSON.readTree(line);
      if (node.path("step").asLong() == step && node.has("gradient_norm")) {
        return node.path("gradient_norm").asDouble();
      }
    }
    throw new AssertionError("step " + step + " has no norm");
  }

  @Test
  void theConfigurationIsThereAsText() throws IOException {
    List<Map<Integer, Object>> texts = values(whole, "configuration");
    assertEquals(1, texts.size());
    Map<Integer, Object> tensor = ReadEvent.fields((byte[]) texts.get(0).get(ReadEvent.TENSOR));
    assertEquals(Files.readString(whole.config()).indent(4), ReadEvent.text(tensor.get(8)));
  }

  @Test
  void whatIsTrainedDoesNotDependOnThem() throws IOException {
    RunFolder without = RunFolder.create(runs, "without");
    train(config(false), without, warnings);
    assertTrue(Files.notExists(without.events()));
    assertArrayEquals(
        Files.readAllBytes(without.metrics()), Files.readAllBytes(whole.metrics()), "metrics");
    assertSameButForTheKey(without.lastCheckpoint(), whole.lastCheckpoint());
    assertSameButForTheKey(without.bestCheckpoint(), whole.bestCheckpoint());
  }

  /**
   * Checkpoints hold the configuration, of which the key is a part. The file of one training is
   * compared, bytes of tensors and all, with the other's whose key was written as the first's.
   */
  private void assertSameButForTheKey(Path without, Path with) throws IOException {
    assertEquals(
        Checkpoint.config(without).replace("tensorboard: false", "tensorboard: true"),
        Checkpoint.config(with));
    assertArrayEquals(tensors(without), tensors(with), with.toString());
  }

  /** What is behind the header, whose length is in the first 8 bytes. */
  private static byte[] tensors(Path safetensors) throws IOException {
    byte[] bytes = Files.readAllBytes(safetensors);
    int header = (int) ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).getLong();
    assertTrue(bytes.length > Long.BYTES + header + 1000);
    return Arrays.copyOfRange(bytes, Long.BYTES + header, bytes.length);
  }

  @Test
  void underOneConfigurationCheckpointsAreTheSameByteByByte() throws IOException {
    RunFolder alone = RunFolder.create(runs, "alone");
    try (Experiment experiment = new Experiment(config(true))) {
      new Trainer(experiment, alone, TrainingListener.SILENT).start();
    }
    assertArrayEquals(
        Files.readAllBytes(alone.lastCheckpoint()), Files.readAllBytes(whole.lastCheckpoint()));
    assertArrayEquals(
        Files.readAllBytes(alone.bestCheckpoint()), Files.readAllBytes(whole.bestCheckpoint()));
  }

  /** Ends a training as a crash would. */
  private static TrainingListener dyingAt(long step) {
    return new TrainingListener() {
      @Override
      public void stepped(long done, long total, TrainingStep.Losses losses) {
        // it dies behind the events
      }

      @Override
      public void logged(long done, Map<String, Double> values) {
        if (done == step) {
          throw new ArithmeticException("planted");
        }
      }

      @Override
      public void evaluated(long done, Estimate validation, boolean best) {
        // it goes on
      }
    };
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6})
  void aRunThatDiedEndsInTheScalarsOfOneThatDidNot(long step) throws IOException {
    RunFolder folder = RunFolder.create(runs, "died");
    TrainingListener dying = dyingAt(step);
    assertThrows(ArithmeticException.class, () -> train(config(true), folder, warnings, dying));
    Path last = files(folder).get(0);
    byte[] bytes = Files.readAllBytes(last);
    Files.write(last, Arrays.copyOf(bytes, bytes.length - 5)); // half a record
    train(config(true), folder, warnings);
    assertEquals(ReadEvent.scalars(events(whole)), ReadEvent.scalars(events(folder)));
    assertEquals(3, values(folder, "test clip").size());
    assertEquals(List.of(), warnings);
  }

  @Test
  void aResumedRunMarksItsFirstStep() throws IOException {
    RunFolder folder = RunFolder.create(runs, "longer");
    train(config(true, "train.steps=4", "train.schedule=constant"), folder, warnings);
    train(config(true, "train.schedule=constant"), folder, warnings);
    List<Path> files = files(folder);
    assertEquals(2, files.size());
    ReadEvent start = ReadEvent.all(files.get(1)).get(1);
    assertTrue(start.starts());
    assertEquals(5, start.step());
    train(config(true, "train.schedule=constant"), folder, warnings);
    assertEquals(files, files(folder), "a finished run adds nothing");
  }

  @Test
  void withoutTheKeyWhatWasMadeInVainIsForgottenAllTheSame() throws IOException {
    RunFolder folder = RunFolder.create(runs, "off");
    TrainingListener dying = dyingAt(5);
    assertThrows(ArithmeticException.class, () -> train(config(true), folder, warnings, dying));
    train(config(false), folder, warnings);
    List<ReadEvent> events = events(folder);
    assertEquals(4, events.get(events.size() - 1).step());
  }

  @Test
  void whereTheyCannotBeWrittenTrainingGoesOnAfterOneWarning() throws IOException {
    RunFolder folder = RunFolder.create(runs, "blocked");
    Files.writeString(folder.events(), "a file where the folder should be");
    train(config(true), folder, warnings);
    assertEquals(1, warnings.size(), warnings.toString());
    String warning = warnings.get(0);
    assertTrue(
        warning.startsWith(
            "warning: training goes on without TensorBoard's events; cannot write "
                + folder.events()),
        warning);
    assertEquals(Files.readString(whole.metrics()), Files.readString(folder.metrics()));
  }

  @Test
  void aModelWithoutAPriorHasNoSamples() throws IOException {
    RunFolder folder = RunFolder.create(runs, "hnn");
    train(
        config(true, "model.family=hnn", "train.objective=sum", "model.frames-in=2"),
        folder,
        warnings);
    assertFalse(values(folder, "test clip").isEmpty());
    assertTrue(values(folder, "samples").isEmpty());
    assertFalse(values(folder, "train/latent").isEmpty());
    assertEquals(List.of(), warnings);
  }

  @Test
  void aRunFromBeforeTheKeyHasNone() throws IOException {
    Path old =
        Files.writeString(
            runs.resolve("config.yaml"),
            Files.readString(whole.config()).replaceFirst("(?m)^ *tensorboard: .*\\R", ""));
    assertFalse(Files.readString(old).contains("tensorboard"));
    assertFalse(ConfigLoader.ofRun(old, List.of()).train().tensorboard());
  }
}
