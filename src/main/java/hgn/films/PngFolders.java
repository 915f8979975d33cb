package hgn.films;

import hgn.files.AtomicFile;
import hgn.files.StorageException;
import hgn.frames.RolloutGenerator;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.IntStream;
import javax.imageio.ImageIO;

/** A folder {@code rollout-00000} of frames {@code frame-000.png} for each rollout. */
record PngFolders(Path folder) implements RolloutWriter {
  private static final int AT_ONCE = 64;

  @Override
  public void write(RolloutGenerator rollouts, int count, Listener listener) {
    for (int first = 0; first < count; first += AT_ONCE) {
      int end = Math.min(count, first + AT_ONCE);
      IntStream.range(first, end).parallel().forEach(n -> write(rollouts, n));
      listener.written(end);
    }
  }

  private void write(RolloutGenerator rollouts, int n) {
    Path place = folder.resolve("rollout-" + Numbered.of(n, 5));
    try {
      Files.createDirectories(place);
    } catch (IOException error) {
      throw new StorageException(place, "cannot make the folder", error);
    }
    float[] film = new float[rollouts.rolloutLength()];
    rollouts.render(n, film, 0);
    for (int t = 0; t < rollouts.frames(); t++) {
      int frame = t;
      AtomicFile.writeStream(
          place.resolve("frame-" + Numbered.of(t, 3) + ".png"),
          out -> ImageIO.write(Pixels.picture(film, frame, rollouts.resolution()), "png", out));
    }
  }
}
