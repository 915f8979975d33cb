package hgn.predict;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hgn.autograd.Tape;
import hgn.autograd.Var;
import hgn.data.Batch;
import hgn.data.BatchMaker;
import hgn.data.Window;
import hgn.dynamics.Leapfrog;
import hgn.frames.RolloutGenerator;
import hgn.frames.Split;
import hgn.model.Hgn;
import hgn.random.Streams;
import hgn.tensor.Arena;
import hgn.tensor.Backend;
import hgn.tensor.DType;
import hgn.tensor.Shape;
import hgn.tensor.Tensor;
import hgn.tensor.TensorOps;
import hgn.testing.FakeRenderer;
import hgn.testing.Throws;
import hgn.testing.backends.RunningBackends;
import hgn.testing.models.TinyModel;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Errors of a model and of the films that it predicts. */
class EvaluatorTest {
  private static final Window WINDOW = Window.fromLast(2, 4);
  private static final long SEED = 31;
  private static final int FRAME = TinyModel.SIZE * TinyModel.SIZE * 3;

  static List<Backend> backends() {
    return RunningBackends.all();
  }

  private static RolloutGenerator generator() {
    return new FakeRenderer(TinyModel.SIZE).rollouts(WINDOW.rolloutFrames(), Split.TEST);
  }

  private static Hgn model(Backend backend) {
    return new Hgn(TinyModel.spec(2, 3, true), new Leapfrog(), backend, DType.FLOAT32, 2);
  }

  private static Batch batch(long... indices) {
    return BatchMaker.ofFrames(generator(), WINDOW).make(indices);
  }

  @Test
  void aScoreIsMeanAndIntervalOfAHandComputedSample() {
    Estimate score = Estimate.of(new double[] {1, 2, 4, 5});
    assertEquals(3, score.mean());
    // variance (4 + 1 + 1 + 4)/3
    assertEquals(1.96 * Math.sqrt(10.0 / 3 / 4), score.interval(), 1e-15);
    assertEquals(4, score.rollouts());
    // one value has no interval
    assertEquals(new Estimate(7, Double.NaN, 1), Estimate.of(new double[] {7}));
    Throws.naming(IllegalArgumentException.class, () -> Estimate.of(new double[0]), "[score]");
  }

  @Test
  void theErrorIsTheMeanSquaredDifference() {
    assertEquals(
        (0.25 + 0 + 4) / 3,
        Evaluator.error(new float[] {1, 2, 3}, new float[] {1.5f, 2, 1}),
        1e-15);
    Throws.naming(
        IllegalArgumentException.class,
        () -> Evaluator.error(new float[2], new float[3]),
        "[evaluate]",
        "2",
        "3");
  }

  @Test
  void targetsAreTheFilmFromTheInferredFrameOn() {
    float[] film = new float[generator().rolloutLength()];
    Batch batch = batch(4, 9);
    for (int n = 0; n < 2; n++) {
      generator().render(n == 0 ? 4 : 9, film, 0);
      assertArrayEquals(
          Arrays.copyOfRange(film, FRAME, 5 * FRAME), Evaluator.target(batch, n), "sample " + n);
    }
  }

  @Test
  void aStaticImageScoresTheVarianceOverTime() {
    double[] expected = new double[3];
    for (int n = 0; n < 3; n++) {
      float[] film = Evaluator.target(batch(n), 0);
      double sum = 0;
      for (int i = 0; i < FRAME; i++) {
        double mean = 0;
        for (int t = 0; t < 4; t++) {
          mean += film[t * FRAME + i] / 4.0;
        }
        for (int t = 0; t < 4; t++) {
          sum += Math.pow(film[t * FRAME + i] - mean, 2);
        }
      }
      expected[n] = sum / (4 * FRAME);
    }
    Estimate score = new Evaluator(generator(), WINDOW, 2).staticImage(3);
    assertEquals(Estimate.of(expected).mean(), score.mean(), 1e-7);
    assertEquals(Estimate.of(expected).interval(), score.interval(), 1e-7);
    assertTrue(score.mean() > 1e-4, "the frames move");
  }

  @Test
  void aHeldFrameScoresTheDifferencesFromTheFirst() {
    double[] expected = new double[3];
    for (int n = 0; n < 3; n++) {
      float[] film = Evaluator.target(batch(n), 0);
      double sum = 0;
      for (int i = 0; i < film.length; i++) {
        sum += Math.pow(film[i] - film[i % FRAME], 2);
      }
      expected[n] = sum / film.length;
    }
    Estimate score = new Evaluator(generator(), WINDOW, 2).persistence(3);
    assertEquals(Estimate.of(expected).mean(), score.mean(), 1e-7);
    assertTrue(score.mean() > 1e-4, "the frames move");
  }

  @Test
  void noiseAloneScoresTheVarianceThatItGivesToFrames() {
    // pixels are 0.5 + 0.4 sin(3 q + i) with noise of 0.1 on q; averaged over phases
    double expected = 0.16 / 2 * (1 - Math.exp(-Math.pow(3 * 0.1, 2)));
    Estimate score = new Evaluator(generator(), WINDOW, 2).noise(40);
    assertEquals(expected, score.mean(), 0.1 * expected);
  }

  /** Computes the film of test rollout {@code n} by the forward pass with this noise on z. */
  private static float[] forward(Hgn model, long n, boolean deterministic, int frames) {
    Batch one = batch(n);
    Backend backend = model.parameters().backend();
    try (Arena arena = Arena.open("test");
        Tape.Mode off = Tape.pause()) {
      Var clips = Var.constant(Tensor.of(backend, DType.FLOAT32, one.clipShape(), one.clips()));
      Shape z = Shape.of(1, TinyModel.SIZE, TinyModel.SIZE, 3);
      long stream = Streams.PREDICTION_NOISE.at(n);
      Var noise = Var.constant(TensorOps.normal(backend, DType.FLOAT32, z, SEED, stream));
      int[] times = IntStream.range(0, frames).toArray();
      return model
          .forward(clips, deterministic ? null : noise, times, 0.125)
          .frames()
          .value()
          .toFloats();
    }
  }

  @ParameterizedTest
  @MethodSource("backends")
  void theReconstructionIsMeasuredOnTheForwardPassWhateverTheBatch(Backend backend) {
    try (Hgn model = model(backend)) {
      for (boolean deterministic : new boolean[] {true, false}) {
        double[] expected = new double[5];
        for (int n = 0; n < 5; n++) {
          float[] film = forward(model, n, deterministic, 4);
          expected[n] = Evaluator.error(film, Evaluator.target(batch(n), 0));
        }
        Predictor predictor = new Predictor(model, deterministic, SEED);
        for (int size : new int[] {1, 2, 5, 16}) { // 2 leaves a smaller last batch
          Estimate score = new Evaluator(generator(), WINDOW, size).reconstruction(predictor, 5);
          assertEquals(Estimate.of(expected).mean(), score.mean(), 1e-7, "batches of " + size);
          assertEquals(Estimate.of(expected).interval(), score.interval(), 1e-7);
          assertEquals(5, score.rollouts());
        }
      }
    }
  }

  @ParameterizedTest
  @MethodSource("backends")
  void motionAtTheRolloutsOwnPaceIsTheReconstruction(Backend backend) {
    try (Hgn model = model(backend)) {
      Predictor predictor = new Predictor(model, false, SEED);
      Evaluator evaluator = new Evaluator(generator(), WINDOW, 2);
      Estimate whole = evaluator.reconstruction(predictor, 3);
      assertEquals(whole.mean(), evaluator.motion(predictor, 3, 0.125, 0, 4).mean(), 1e-6);

      // the last three frames alone, backward in time
      double[] expected = new double[3];
      for (int n = 0; n < 3; n++) {
        float[] film = predictor.reconstruct(batch(n), 5, -0.125, n)[0];
        float[] truth = generator().through(n, WINDOW.start(), -0.125, 5).frames();
        expected[n] =
            Evaluator.error(
                Arrays.copyOfRange(film, 2 * FRAME, 5 * FRAME),
                Arrays.copyOfRange(truth, 2 * FRAME, 5 * FRAME));
      }
      Estimate backward = evaluator.motion(predictor, 3, -0.125, 2, 5);
      assertEquals(Estimate.of(expected).mean(), backward.mean(), 1e-7);
    }
  }

  @ParameterizedTest
  @MethodSource("backends")
  void longFilmsAreDecodedInPartsAndPutTogether(Backend backend) {
    try (Hgn model = model(backend)) {
      Predictor predictor = new Predictor(model, false, SEED);
      float[][] films = predictor.reconstruct(batch(3, 4), 140, 0.125, 3); // 280 frames
      for (int n = 0; n < 2; n++) {
        assertArrayEquals(forward(model, 3 + n, false, 140), films[n], 1e-5f, "film " + n);
      }
    }
  }

  @ParameterizedTest
  @MethodSource("backends")
  void predictionsLeaveNothingBehindAndRecordNothing(Backend backend) {
    try (Hgn model = model(backend)) {
      Predictor predictor = new Predictor(model, false, SEED);
      long blocks = backend.pool().liveBlocks();
      predictor.reconstruct(batch(1, 2), 5, -0.125, 1);
      float[][] samples = predictor.sample(3, 11, 5, 0.125);
      assertEquals(blocks, backend.pool().liveBlocks());
      assertTrue(Tape.isRecording());
      assertEquals(3, samples.length);
      assertArrayEquals(samples[2], predictor.sample(3, 11, 5, 0.125)[2], "the same seed");
      assertNotEquals(
          Arrays.toString(samples[0]), Arrays.toString(predictor.sample(3, 12, 5, 0.125)[0]));
      assertNotEquals(Arrays.toString(samples[0]), Arrays.toString(samples[1]));
    }
  }
}
