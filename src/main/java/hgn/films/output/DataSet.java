package hgn.films.output;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import hgn.files.AtomicFile;
import hgn.files.StorageException;
import hgn.frames.Rollout;
import hgn.frames.RolloutGenerator;
import hgn.physics.PhasePath;
import hgn.safetensors.SafetensorsFile;
import hgn.safetensors.SafetensorsWriter;
import hgn.tensor.Shape;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

/**
 * Rollouts on disk: shards {@code rollouts-00000.safetensors}, ... and, written last, {@code
 * dataset.json}.
 *
 * <p>A shard has {@code frames} (N,T,H,W,3) float32 in [0, 1], the true {@code q} and {@code p}
 * (N,T,n) float64 and {@code index} (N), the rollouts' indices; its metadata suffices to generate
 * them again. Without the list, a data set is unfinished; writing it again keeps its shards.
 */
public final class DataSet implements RolloutWriter {
  /** Value of the metadata key {@code format}. */
  public static final String FORMAT = "hgn4j-rollouts-1";

  /** Name of the file that lists the shards, written last. */
  public static final String LIST = "dataset.json";

  private static final Pattern SHARD = Pattern.compile("rollouts-[0-9]+\\.safetensors");
  private static final long SHARD_BYTES = 64L << 20;

  private final Path folder;

  /** Creates a data set in an empty folder, or goes on with an unfinished one. */
  DataSet(Path folder) {
    this.folder = folder;
  }

  @Override
  public void write(RolloutGenerator rollouts, int count, Listener listener) {
    int perShard = (int) Math.max(1, SHARD_BYTES / ((long) Float.BYTES * rollouts.rolloutLength()));
    int shards = (count - 1) / perShard + 1;
    ObjectNode list = new ObjectMapper().createObjectNode();
    settings(rollouts, count).forEach(list::put);
    ArrayNode files = list.putArray("files");
    for (int shard = 0; shard < shards; shard++) {
      int first = shard * perShard;
      int size = Math.min(perShard, count - first);
      String name = "rollouts-" + Numbered.of(shard, 5) + ".safetensors";
      Path file = folder.resolve(name);
      if (!Files.exists(file)) {
        writeShard(file, rollouts, first, size, count);
      } else {
        requireShard(file, settings(rollouts, count));
      }
      files.add(name);
      listener.written(first + size);
    }
    AtomicFile.write(folder.resolve(LIST), list.toPrettyString() + "\n");
  }

  private static Map<String, String> settings(RolloutGenerator rollouts, int count) {
    Map<String, String> settings = new LinkedHashMap<>();
    settings.put("format", FORMAT);
    settings.put("system", rollouts.system().name());
    settings.put("renderer", rollouts.renderer().name());
    settings.put("size", Integer.toString(rollouts.renderer().resolution()));
    settings.put("frames", Integer.toString(rollouts.frames()));
    settings.put("background", Double.toString(rollouts.background()));
    settings.put("noise", Double.toString(rollouts.noise()));
    settings.put("dt", Double.toString(rollouts.dt()));
    settings.put("seed", Long.toString(rollouts.seed()));
    settings.put("split", rollouts.split().toString());
    settings.put("count", Integer.toString(count));
    return settings;
  }

  /** Whether a file is of the beginning of a data set, written by a process that was killed. */
  static boolean isOfBeginning(Path file) {
    return SHARD.matcher(file.getFileName().toString()).matches() || AtomicFile.isUnfinished(file);
  }

  /** Checks that a shard of before is the one that would be written now. */
  private static void requireShard(Path file, Map<String, String> settings) {
    try (SafetensorsFile shard = SafetensorsFile.open(file)) {
      for (var setting : settings.entrySet()) {
        String before = shard.metadata().get(setting.getKey());
        if (!setting.getValue().equals(before)) {
          throw new StorageException(
              file,
              ("it is part of another data set, with " + setting.getKey() + " " + before)
                  + (" instead of " + setting.getValue()),
              "choose a new folder, or give the options of before to go on with that one");
        }
      }
    }
  }

  private static void writeShard(
      Path file, RolloutGenerator rollouts, int first, int size, int count) {
    int frames = rollouts.frames();
    int resolution = rollouts.renderer().resolution();
    int film = rollouts.rolloutLength();
    int freedom = rollouts.system().degreesOfFreedom();
    float[] pixels = new float[size * film];
    double[] q = new double[size * frames * freedom];
    double[] p = new double[q.length];
    long[] index = new long[size];
    IntStream.range(0, size)
        .parallel()
        .forEach(
            n -> {
              Rollout rollout = rollouts.generate(first + n);
              index[n] = first + n;
              System.arraycopy(rollout.frames(), 0, pixels, n * film, film);
              copyStates(rollout.path(), n * frames * freedom, q, p);
            });
    Shape states = Shape.of(size, frames, freedom);
    SafetensorsWriter writer = new SafetensorsWriter();
    settings(rollouts, count).forEach(writer::metadata);
    writer.put("frames", Shape.of(size, frames, resolution, resolution, 3), pixels);
    writer.put("q", states, q).put("p", states, p).put("index", Shape.of(size), index).write(file);
  }

  private static void copyStates(PhasePath path, int offset, double[] q, double[] p) {
    int freedom = path.degreesOfFreedom();
    for (int t = 0; t < path.frames(); t++) {
      for (int i = 0; i < freedom; i++) {
        q[offset + t * freedom + i] = path.q(t, i);
        p[offset + t * freedom + i] = path.p(t, i);
      }
    }
  }
}
