package hgn.films.output;

import hgn.files.AtomicFile;
import hgn.films.source.Pixels;
import hgn.frames.RolloutGenerator;
import hgn.images.GifSequence;
import java.nio.file.Path;

/** An animated GIF {@code rollout-00000.gif} for each rollout, in real time. */
final class GifFiles extends EachRollout {
  private static final int DELAYS_PER_SECOND = 100;

  private final Path folder;

  GifFiles(Path folder) {
    this.folder = folder;
  }

  @Override
  void write(String name, float[] film, RolloutGenerator like) {
    int delay = (int) Math.max(1, Math.round(DELAYS_PER_SECOND * Math.abs(like.dt())));
    GifSequence pictures =
        new GifSequence(like.frames(), t -> Pixels.picture(film, t, like.resolution()), delay);
    AtomicFile.writeStream(folder.resolve(name + ".gif"), pictures::write);
  }
}
