package hgn.doctor;

import hgn.data.Batch;
import hgn.data.Window;
import hgn.dynamics.Leapfrog;
import hgn.model.BaseEnergy;
import hgn.model.Hgn;
import hgn.model.HgnSpec;
import hgn.model.Presets;
import hgn.random.Philox;
import hgn.tensor.Backend;
import hgn.tensor.DType;
import java.util.stream.IntStream;

/** The model and the random frames of an examination. */
final class ExamModel {
  static final int FRAMES_IN = 5;
  static final double DT = 0.125;
  static final long SEED = 3;

  /** Initial scale of the energy network, large enough for q and p to move. */
  private static final double GAIN = 4;

  private ExamModel() {}

  static HgnSpec spec(String preset) {
    return Presets.named(preset, FRAMES_IN, BaseEnergy.NONE, GAIN);
  }

  static Hgn of(String preset, Backend backend, DType dtype) {
    return new Hgn(spec(preset), new Leapfrog(), backend, dtype, SEED);
  }

  /** Frames of uniform noise, different for each {@code stream}. */
  static Batch batch(HgnSpec spec, int size, int frames, long stream) {
    Window window = Window.fromLast(spec.framesIn(), frames);
    int frame = spec.frameSize() * spec.frameSize() * spec.frameChannels();
    return new Batch(
        size,
        spec.frameSize(),
        spec.frameChannels(),
        window,
        IntStream.range(0, frames).toArray(),
        uniform(size * frame * window.framesIn(), 2 * stream),
        uniform(size * frame * frames, 2 * stream + 1));
  }

  private static float[] uniform(int count, long stream) {
    double[] values = new double[count];
    Philox.uniform(SEED, stream, values);
    float[] floats = new float[count];
    for (int i = 0; i < count; i++) {
      floats[i] = (float) values[i];
    }
    return floats;
  }
}
