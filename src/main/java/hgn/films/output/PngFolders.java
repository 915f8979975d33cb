package hgn.films.output;

import hgn.files.StorageException;
import hgn.films.source.Pixels;
import hgn.frames.RolloutGenerator;
import hgn.images.Drawing;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A folder {@code rollout-00000} of frames {@code frame-000.png} for each rollout. */
final class PngFolders extends EachRollout {
  private final Path folder;

  PngFolders(Path folder) {
    this.folder = folder;
  }

  @Override
  void write(String name, float[] film, RolloutGenerator like) {
    Path place = folder.resolve(name);
    try {
      Files.createDirectories(place);
    } catch (IOException error) {
      throw new StorageException(place, "cannot make the folder", error);
    }
    for (int t = 0; t < like.frames(); t++) {
      int frame = t;
      Drawing.write(
          place.resolve("frame-" + Numbered.of(t, 3) + ".png"),
          () -> Pixels.picture(film, frame, like.resolution()));
    }
  }
}
