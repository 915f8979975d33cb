package hgn.films.arrays;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import hgn.files.StorageException;
import hgn.films.output.DataSet;
import hgn.films.source.FilmFiles;
import hgn.films.source.FilmSource;
import hgn.films.source.Frame;
import hgn.films.source.FrameSink;
import hgn.safetensors.CheckpointException;
import hgn.safetensors.SafetensorsEntry;
import hgn.safetensors.SafetensorsFile;
import hgn.safetensors.SafetensorsType;
import hgn.tensor.Shape;
import java.io.IOException;
import java.nio.ByteOrder;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import java.util.stream.Stream;

/** Films written by {@link DataSet}: safetensors shards, listed in {@code dataset.json}. */
public final class ShardFilms implements FilmSource {
  private final Path folder;
  private final double dt;
  private final double background;
  private final List<Shard> shards = new ArrayList<>();
  private final List<String> names = new ArrayList<>();
  private final List<Integer> shardOf = new ArrayList<>();

  /**
   * Opens the data set in a folder.
   *
   * @throws StorageException if it is incomplete
   */
  public ShardFilms(Path folder) {
    this.folder = folder;
    Path list = folder.resolve(DataSet.LIST);
    JsonNode settings = settings(list);
    this.dt = settings.path("dt").asDouble();
    this.background = settings.path("background").asDouble(-1);
    if (!settings.path("format").asText().equals(DataSet.FORMAT)
        || !settings.path("files").isArray()) {
      throw new StorageException(
          list, "it is no list of rollouts of format " + DataSet.FORMAT, "write it by 'generate'");
    }
    FilmFiles.requireWithin(folder, List.of(list));
    for (JsonNode name : settings.get("files")) {
      Path shard = inFolder(name.asText(), list);
      FilmFiles.requireWithin(folder, List.of(shard));
      add(shard);
    }
    if (names.isEmpty()) {
      throw new StorageException(list, "it lists no rollouts", "write some by 'generate'");
    }
  }

  private static JsonNode settings(Path list) {
    try {
      return new ObjectMapper().readTree(Files.readString(list));
    } catch (JsonProcessingException | CharacterCodingException foreign) {
      throw new StorageException(list, "it is not JSON text", "write it by 'generate'");
    } catch (IOException error) {
      throw new StorageException(list, "cannot read", error);
    }
  }

  private Path inFolder(String name, Path list) {
    if (!name.matches("[A-Za-z0-9_-][A-Za-z0-9._-]*")) {
      throw new StorageException(
          list, "'" + name + "' is no file of this folder", "write the data set again");
    }
    return folder.resolve(name);
  }

  private void add(Path file) {
    Shard shard = Shard.open(file);
    int first = names.size();
    for (int n = 0; n < shard.layout.films(); n++) {
      names.add("rollout " + (first + n));
      shardOf.add(shards.size());
    }
    shards.add(shard.from(first));
  }

  @Override
  public String kind() {
    return "rollouts that 'generate' wrote";
  }

  @Override
  public List<String> films() {
    return List.copyOf(names);
  }

  @Override
  public List<Path> files() {
    return Stream.concat(
            shards.stream().map(shard -> shard.file), Stream.of(folder.resolve(DataSet.LIST)))
        .toList();
  }

  @Override
  public OptionalDouble dt() {
    return dt == 0 ? OptionalDouble.empty() : OptionalDouble.of(Math.abs(dt));
  }

  @Override
  public OptionalDouble background() {
    return background < 0 || background > 1
        ? OptionalDouble.empty()
        : OptionalDouble.of(background);
  }

  @Override
  public boolean isFloat() {
    return true;
  }

  @Override
  public boolean isRandomAccess() {
    return true;
  }

  @Override
  public void read(int film, FrameSink sink) {
    shards.get(shardOf.get(film)).read(film, sink);
  }

  /**
   * A file of rollouts.
   *
   * @param first index of its first film
   */
  private record Shard(
      Path file,
      int first,
      ArrayLayout layout,
      MappedNumbers frames,
      MappedNumbers q,
      MappedNumbers p,
      int freedom) {
    static Shard open(Path file) {
      try (SafetensorsFile source = SafetensorsFile.open(file)) {
        Shape shape = source.entry("frames").shape();
        long[] lengths = new long[shape.rank()];
        for (int i = 0; i < lengths.length; i++) {
          lengths[i] = shape.dim(i);
        }
        ArrayLayout layout = ArrayLayout.of(lengths, file);
        Shape states = source.entry("q").shape();
        requireStates(file, layout, states, source.entry("p").shape());
        return new Shard(
            file,
            0,
            layout,
            mapped(source, "frames", SafetensorsType.F32, ElementType.FLOAT32),
            mapped(source, "q", SafetensorsType.F64, ElementType.FLOAT64),
            mapped(source, "p", SafetensorsType.F64, ElementType.FLOAT64),
            states.dim(2));
      } catch (CheckpointException damaged) {
        throw new StorageException(
            file,
            "no whole file of rollouts (" + damaged.getMessage() + ")",
            "write it by 'generate'");
      }
    }

    private static void requireStates(Path file, ArrayLayout layout, Shape q, Shape p) {
      boolean fits =
          q.rank() == 3 && q.dim(0) == layout.films() && q.dim(1) == layout.frames() && q.equals(p);
      if (!fits) {
        throw new StorageException(
            file,
            "q of " + q + " and p of " + p + " are no states of its frames",
            "write it by 'generate'");
      }
    }

    private static MappedNumbers mapped(
        SafetensorsFile source, String name, SafetensorsType type, ElementType element) {
      SafetensorsEntry entry = source.entry(name);
      if (entry.type() != type) {
        throw new StorageException(
            source.path(), "'" + name + "' is of type " + entry.type(), "write it by 'generate'");
      }
      return new MappedNumbers(
          source.path(),
          source.dataStart() + entry.begin(),
          entry.shape().count(),
          element,
          ByteOrder.LITTLE_ENDIAN);
    }

    Shard from(int number) {
      return new Shard(file, number, layout, frames, q, p, freedom);
    }

    void read(int film, FrameSink sink) {
      int length = layout.height() * layout.width() * layout.channels();
      long frame = (film - first) * layout.frames();
      for (long end = frame + layout.frames(); frame < end; frame++) {
        float[] values = new float[length];
        for (int i = 0; i < length; i++) {
          values[i] = ValueRange.UNIT.share(frames.at(frame * length + i), file);
        }
        double[] state = new double[2 * freedom];
        for (int i = 0; i < freedom; i++) {
          state[i] = q.at(frame * freedom + i);
          state[freedom + i] = p.at(frame * freedom + i);
        }
        sink.accept(new Frame(layout.width(), layout.height(), layout.channels(), values, state));
      }
    }
  }
}
