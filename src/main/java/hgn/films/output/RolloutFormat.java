package hgn.films.output;

import java.nio.file.Path;
import java.util.Locale;
import java.util.function.Function;

/** Formats for writing rollouts. All can be read as films. */
public enum RolloutFormat {
  /** Shards of 32-bit floats with true states, and a list of them. */
  SAFETENSORS(DataSet::new),
  /** One NumPy archive of 32-bit floats with true states. */
  NPZ(NpzWriter::new),
  /** A folder of 8-bit PNG frames for each rollout. */
  PNG(PngFolders::new),
  /** An animated GIF for each rollout. */
  GIF(GifFiles::new);

  private final Function<Path, RolloutWriter> writer;

  RolloutFormat(Function<Path, RolloutWriter> writer) {
    this.writer = writer;
  }

  /**
   * Claims a folder that is new or empty, or holds what a killed process has written of the same
   * data set, if the format can be continued.
   *
   * @throws hgn.files.StorageException if there are other files in it, or another process writes
   *     there, or it cannot be created
   */
  public NewFolder claim(Path folder) {
    return NewFolder.make(folder, file -> this == SAFETENSORS && DataSet.isOfBeginning(file));
  }

  /** Creates a writer to a folder that is {@linkplain #claim claimed}. */
  public RolloutWriter into(Path folder) {
    return writer.apply(folder);
  }

  /** Returns the name on the command line. */
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
