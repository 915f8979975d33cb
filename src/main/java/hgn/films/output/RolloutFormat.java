package hgn.films.output;

import java.nio.file.Path;
import java.util.Locale;
import java.util.function.Function;

/** The formats in which rollouts are written; all of them are read again as films. */
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

  /** A writer into an empty folder, see {@link NewFolder}. */
  public RolloutWriter into(Path folder) {
    return writer.apply(folder);
  }

  /** Its name on the command line. */
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
