package hgn.fuzzing;

import hgn.films.FilmSet;
import hgn.films.output.RolloutFormat;
import hgn.films.source.FrameResizer;
import hgn.frames.Split;
import hgn.run.Checkpoint;
import hgn.tensor.Backends;
import hgn.testing.Console;
import hgn.testing.FakeRenderer;
import hgn.testing.FilmsFixture;
import hgn.testing.models.TinyTraining;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Inputs to begin with, which the program itself or others have written. */
public final class Seeds {
  private static final byte[] ZERO = new byte[1];
  private static final Path WORK = temporary();
  private static final byte[] SHARD = read(dataSet().resolve(DataSetFuzz.SHARD));

  private final Path target;

  private Seeds(Path target) {
    this.target = target;
  }

  /**
   * Writes the seeds of each target into a folder of its name.
   *
   * @param args the folder above these
   */
  public static void main(String[] args) throws IOException {
    new Seeds(Path.of(args[0])).write();
  }

  private static Path temporary() {
    try {
      return Files.createTempDirectory("seeds");
    } catch (IOException error) {
      throw new UncheckedIOException(error);
    }
  }

  /** One film of two frames. */
  private static Path dataSet() {
    Path folder = WORK.resolve("data-set");
    try {
      if (Files.isDirectory(folder)) {
        return folder;
      }
      Files.createDirectory(folder);
    } catch (IOException error) {
      throw new UncheckedIOException(error);
    }
    var rollouts = new FakeRenderer(4).rollouts(2, Split.TRAIN);
    RolloutFormat.SAFETENSORS.into(folder).write(rollouts, 1, written -> {});
    return folder;
  }

  /** The only file of rollouts of a small data set. */
  static byte[] shard() {
    return SHARD;
  }

  private static byte[] read(Path file) {
    try {
      return Files.readAllBytes(file);
    } catch (IOException error) {
      throw new UncheckedIOException(error);
    }
  }

  private static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private static byte[] film(String name) {
    return read(FilmsFixture.path(name));
  }

  private static byte[] joined(byte[]... parts) {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    for (byte[] part : parts) {
      all.writeBytes(part);
    }
    return all.toByteArray();
  }

  private void put(Class<?> fuzz, String name, byte[] bytes) throws IOException {
    Path folder = Files.createDirectories(target.resolve(fuzz.getSimpleName()));
    Files.write(folder.resolve(name), bytes);
  }

  private void put(Class<?> fuzz, int way, String name, byte[]... parts) throws IOException {
    put(fuzz, way + "-" + name, Input.join(way, joined(parts)));
  }

  private void write() throws IOException {
    checkpoints();
    dataSets();
    arrays();
    pictures();
    caches();
    run();
    records();
  }

  private void checkpoints() throws IOException {
    Path file = WORK.resolve("seed.safetensors");
    try (TinyTraining training = new TinyTraining(Backends.get("jvm"))) {
      training.run(0, 2);
      Checkpoint.write(
          file,
          "model:\n  preset: quick\n",
          training.adam,
          training.weighting,
          Optional.empty(),
          new Checkpoint.Position(2, 0.125, 2));
    }
    checkpoint("checkpoint", read(file));
    checkpoint("shard", SHARD);
    try (Stream<Path> golden = Files.list(Path.of("src/test/resources/golden"))) {
      for (Path path : golden.filter(name -> name.toString().contains("integrator")).toList()) {
        if (Files.size(path) < 1 << 14) {
          checkpoint(path.getFileName().toString(), read(path));
        }
      }
    }
    checkpoint(
        "tiny",
        joined(
            Input.little(new byte[Long.BYTES]).putLong(58).array(),
            utf8("{\"a\":{\"dtype\":\"F32\",\"shape\":[2,1],\"data_offsets\":[0,8]}}  "),
            new byte[8]));
  }

  private void checkpoint(String name, byte[] file) throws IOException {
    put(CheckpointFuzz.class, 0, name, file);
    int end = Long.BYTES + (int) Input.little(file).getLong();
    put(
        CheckpointFuzz.class,
        1,
        name,
        Arrays.copyOfRange(file, Long.BYTES, end),
        ZERO,
        Arrays.copyOfRange(file, end, file.length));
  }

  private void dataSets() throws IOException {
    byte[] list = read(dataSet().resolve("dataset.json"));
    put(DataSetFuzz.class, 0, "list", list);
    String outside = new String(list, StandardCharsets.UTF_8);
    outside = outside.replace(DataSetFuzz.SHARD, "../jazzer-traversal");
    put(DataSetFuzz.class, 0, "outside", utf8(outside));
    put(DataSetFuzz.class, 1, "both", list, ZERO, SHARD);
  }

  private void arrays() throws IOException {
    for (String name : List.of("u1", "one-gray", "f4-fortran", "f4-big-endian", "i2")) {
      put(ArrayFuzz.class, 0, name, film(name + ".npy"));
      put(ArrayFuzz.class, 2, name, utf8("films,q,p,dt,background"), ZERO, film(name + ".npy"));
    }
    put(ArrayFuzz.class, 1, "deflated", film("deflated.npz"));
    put(ArrayFuzz.class, 1, "stored", film("stored.npz"));
    put(ArrayFuzz.class, 1, "two", film("two.npz"));
    for (String name : List.of("chunked", "contiguous", "cycle")) {
      put(Hdf5Fuzz.class, name, film(name + ".h5"));
    }
  }

  private void pictures() throws IOException {
    put(PictureFuzz.class, 0, "moving", film("moving.gif"));
    for (String name : List.of("alpha", "gray16", "gray8", "palette")) {
      put(PictureFuzz.class, 1, name, film("pictures/" + name + ".png"));
      put(PictureFuzz.class, 2, name, film("pictures/" + name + ".png"));
    }
    put(PictureFuzz.class, 1, "jpeg", film("pictures/gray.jpg"));
    put(PictureFuzz.class, 2, "frame", film("folders/film1/frame9.png"));
    put(VideoFuzz.class, "mp4", film("test.mp4"));
    put(VideoFuzz.class, "avi", film("test.avi"));
    put(
        VideoFuzz.class,
        "words",
        joined(
            utf8(
                "    ftypisom\n  Stream #0:0: Video: h264, yuv420p, 4x2 [SAR 1:1], 8 fps, 8 tbr\n"),
            new byte[72]));
  }

  private void records() throws IOException {
    byte[] features = film("records/features.txt");
    for (int way = 0; way < 2; way++) {
      for (String name : List.of("test", "train")) {
        put(RecordFuzz.class, way, name, features, ZERO, film("records/" + name + ".tfrecord"));
      }
    }
  }

  private void caches() throws IOException {
    for (String name : List.of("u1.npy", "f4-fortran.npy", "stored.npz")) {
      FilmSet set =
          FilmSet.open(
              FilmsFixture.path(name),
              "",
              new FrameResizer(4, 3, false),
              false,
              Optional.of(WORK.resolve("caches")),
              (done, total, frames) -> {});
      byte[] file = read(set.cacheFile());
      put(CacheFuzz.class, 0, name, file);
      int end = file.length - 16;
      int start = end - Input.little(file).getInt(end);
      byte[] index = Arrays.copyOfRange(file, start, end);
      put(CacheFuzz.class, 1, name, index, ZERO, Arrays.copyOf(file, start));
    }
  }

  /** A short training's files. */
  private void run() throws IOException {
    String runs = WORK.resolve("runs").toString();
    List<String> settings =
        List.of("train.steps=4", "engine.backend=jvm", "train.tensorboard=true");
    new Console().succeed(Console.train(settings, "--runs", runs, "--name", "tiny"));
    Path run = WORK.resolve("runs/tiny");
    put(ConfigFuzz.class, "run", read(run.resolve("config.yaml")));
    put(ConfigFuzz.class, "short", utf8("model:\n  preset: published\ntrain: {steps: 7}\n"));
    put(
        SweepFuzz.class,
        "grid",
        utf8(
            "settings: {data.system: pendulum}\ngrid:\n  train.batch: [4, 8]\n"
                + "list:\n  a: {model.integrator: yoshida}\n  b: {train: {steps: 7}}\nseeds: 2\n"));
    put(ConfigFuzz.class, "flow", read(Path.of("src/main/resources/presets/flow.yaml")));
    put(
        SettingsFuzz.class,
        0,
        "words",
        utf8("train.steps=010\nmodel.preset=published\ndata.size=32\ntrain.learning-rate=1e-3\n"));
    put(SettingsFuzz.class, 0, "lists", utf8("train.freeze=[encoder]\ndata.noise=0.1\n"));
    List<String> files = List.of("metrics.jsonl", "times.jsonl", "evaluation.json", "summary.json");
    for (String name : files) {
      if (Files.exists(run.resolve(name))) {
        put(RunFolderFuzz.class, files.indexOf(name), name, read(run.resolve(name)));
      }
    }
    put(RunFolderFuzz.class, 2, "evaluation", utf8("{\"step\":5,\"test_mse\":0.25}"));
    put(RunFolderFuzz.class, 4, "lock", utf8("host 1234\n"));
    try (Stream<Path> events = Files.list(run.resolve("tensorboard"))) {
      byte[] all = read(events.findFirst().orElseThrow());
      put(RunFolderFuzz.class, 5, "events", Arrays.copyOf(all, Math.min(all.length, 4000)));
    }
    questions();
  }

  private void questions() throws IOException {
    List<String> questions =
        List.of(
            "runs",
            "run?run=0",
            "film?run=0&from=clip&clip=1&speed=0.5",
            "film?run=0&from=sample&seed=7&z=0:1.5,1:-2",
            "film?from=mix&clip=1&other=2&share=0.25&integrator=yoshida4",
            "film?from=point&x=0.5&y=-1e3",
            "truth?clip=2&speed=2",
            "latents?from=sample&seed=3",
            "portrait",
            "energies?from=clip&integrators=leapfrog,euler",
            "errors",
            "curves",
            "export?as=gif",
            "export?as=frames&from=sample");
    for (int i = 0; i < questions.size(); i++) {
      Path folder = Files.createDirectories(target.resolve("ExplorerFuzz"));
      Files.write(folder.resolve(Integer.toString(i)), utf8(questions.get(i)));
    }
  }
}
