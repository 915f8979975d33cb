package hgn.films.output;

import hgn.files.AtomicFile;
import hgn.frames.RolloutGenerator;
import hgn.physics.PhasePath;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Path;
import java.util.stream.IntStream;

/**
 * One NumPy archive {@code rollouts.npz}: {@code frames} (N,T,H,W,3) float32 in [0, 1], the true
 * {@code q} and {@code p} (N,T,n) float64, {@code dt} and {@code background}.
 */
record NpzWriter(Path folder) implements RolloutWriter {
  private static final int AT_ONCE = 64;

  @Override
  public void write(RolloutGenerator rollouts, int count, Listener listener) {
    AtomicFile.writeStream(
        folder.resolve("rollouts.npz"), out -> write(out, rollouts, count, listener));
  }

  private static void write(
      OutputStream out, RolloutGenerator rollouts, int count, Listener listener)
      throws IOException {
    NpzOutput npz = new NpzOutput(out);
    int frames = rollouts.frames();
    int size = rollouts.resolution();
    npz.beginFloats("frames", count, frames, size, size, rollouts.colours());
    for (int first = 0, end; first < count; first = end) {
      end = first + Math.min(AT_ONCE, count - first);
      for (float[] film : films(rollouts, first, end)) {
        npz.add(film);
      }
      listener.written(end);
    }
    npz.end();
    int freedom = rollouts.system().degreesOfFreedom();
    for (String name : new String[] {"q", "p"}) {
      npz.beginDoubles(name, count, frames, freedom);
      for (int n = 0; n < count; n++) {
        npz.add(states(rollouts.path(n), name.equals("q")));
      }
      npz.end();
    }
    npz.put("dt", new double[] {rollouts.dt()});
    npz.put("background", new double[] {rollouts.background()});
    npz.finish();
  }

  private static float[][] films(RolloutGenerator rollouts, int first, int end) {
    return IntStream.range(first, end)
        .parallel()
        .mapToObj(
            n -> {
              float[] film = new float[rollouts.rolloutLength()];
              rollouts.render(n, film, 0);
              return film;
            })
        .toArray(float[][]::new);
  }

  private static double[] states(PhasePath path, boolean isQ) {
    int freedom = path.degreesOfFreedom();
    double[] states = new double[path.frames() * freedom];
    for (int t = 0; t < path.frames(); t++) {
      for (int i = 0; i < freedom; i++) {
        states[t * freedom + i] = isQ ? path.q(t, i) : path.p(t, i);
      }
    }
    return states;
  }
}
