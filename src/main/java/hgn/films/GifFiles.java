package hgn.films;

import hgn.files.AtomicFile;
import hgn.frames.RolloutGenerator;
import hgn.images.GifSequence;
import java.nio.file.Path;
import java.util.stream.IntStream;

/** An animated GIF {@code rollout-00000.gif} for each rollout, at its own pace. */
record GifFiles(Path folder) implements RolloutWriter {
  private static final int AT_ONCE = 64;
  private static final int DELAYS_PER_SECOND = 100;

  @Override
  public void write(RolloutGenerator rollouts, int count, Listener listener) {
    for (int first = 0; first < count; first += AT_ONCE) {
      int end = Math.min(count, first + AT_ONCE);
      IntStream.range(first, end).parallel().forEach(n -> write(rollouts, n));
      listener.written(end);
    }
  }

  private void write(RolloutGenerator rollouts, int n) {
    float[] film = new float[rollouts.rolloutLength()];
    rollouts.render(n, film, 0);
    int delay = (int) Math.max(1, Math.round(DELAYS_PER_SECOND * Math.abs(rollouts.dt())));
    int size = rollouts.resolution();
    GifSequence pictures =
        new GifSequence(rollouts.frames(), t -> Pixels.picture(film, t, size), delay);
    AtomicFile.writeStream(
        folder.resolve("rollout-" + Numbered.of(n, 5) + ".gif"), pictures::write);
  }
}
