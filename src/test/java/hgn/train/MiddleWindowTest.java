package hgn.train;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hgn.config.Config;
import hgn.config.ConfigException;
import hgn.config.ConfigLoader;
import hgn.data.Batch;
import hgn.data.Window;
import hgn.frames.Split;
import hgn.loss.DecodeSpan;
import hgn.predict.Evaluator;
import hgn.predict.Predictor;
import hgn.testing.Throws;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Inference of the state in the middle of a clip. */
class MiddleWindowTest {
  private static Config config(String... settings) {
    List<String> all =
        new ArrayList<>(
            List.of(
                "model.frames-in=all",
                "model.frames-out=7",
                "train.decode-frames=3",
                "data.train-rollouts=16"));
    all.addAll(List.of(settings));
    return ConfigLoader.load(null, all);
  }

  @Test
  void itsTimesLieOnBothSides() {
    Window window = Window.fromMiddle(7);
    assertEquals(new Window(7, 3, 7, 0, 3), window);
    assertArrayEquals(new int[] {-3, -2, -1, 0, 1, 2, 3}, window.targetTimes());
    assertEquals(7, window.rolloutFrames());
    assertEquals(7, window.times());
    assertEquals(-3, window.firstTime());
    assertEquals(-5, window.withPast(2).firstTime());
    assertEquals(9, window.withPast(2).times());
    assertEquals(3, window.ahead());
    assertEquals(new DecodeSpan(3, 3), DecodeSpan.to(window));
    assertEquals(List.of(0), Arrays.stream(Window.fromMiddle(1).targetTimes()).boxed().toList());
    Throws.naming(
        IllegalArgumentException.class, () -> new Window(5, 2, 5, 0, 3), "3 shall lie", "frame 2");
  }

  @Test
  void configurationsSayWhere() {
    try (Experiment middle = new Experiment(config());
        Experiment first = new Experiment(config("model.infer=end"));
        Experiment some = new Experiment(config("model.frames-in=3"))) {
      assertEquals(Window.fromMiddle(7), middle.window(), "auto, of all");
      assertEquals(new Window(7, 0, 7), first.window());
      assertEquals(Window.fromLast(3, 7), some.window(), "auto, of some");
    }
    Throws.naming(
        ConfigException.class,
        () -> config("model.infer=middle", "model.frames-in=3"),
        "model.infer = middle",
        "model.frames-in = 3");
    Throws.naming(
        ConfigException.class,
        () -> config("model.family=hnn", "model.infer=middle", "model.frames-in=7"),
        "model.infer");
  }

  /** The reconstruction consists of the reversed backward rollout and the forward rollout. */
  @Test
  void aReconstructionIsBothWaysFromTheMiddle() {
    try (Experiment experiment = new Experiment(config())) {
      Evaluator test = new Evaluator(experiment.rollouts(Split.TEST), experiment.window(), 2);
      Batch batch = test.batch(2);
      Predictor predictor = experiment.predictor();
      double dt = experiment.config().data().dt();
      float[][] whole = predictor.reconstruct(batch, dt, 0);
      float[][] ahead = predictor.reconstruct(batch, 4, dt, 0);
      float[][] back = predictor.reconstruct(batch, 4, -dt, 0);
      int frame = whole[0].length / 7;
      for (int n = 0; n < 2; n++) {
        for (int t = -3; t <= 3; t++) {
          float[] expected = t < 0 ? frame(back[n], -t, frame) : frame(ahead[n], t, frame);
          assertArrayEquals(expected, frame(whole[n], t + 3, frame), "time " + t);
        }
      }
      float[] truth = experiment.rollouts(Split.TEST).generate(1).frames();
      assertArrayEquals(truth, Evaluator.target(batch, 1));
      assertFalse(Arrays.equals(whole[0], whole[1]));
      assertTrue(test.noise(2).mean() > 0);
    }
  }

  private static float[] frame(float[] film, int t, int length) {
    return Arrays.copyOfRange(film, t * length, (t + 1) * length);
  }
}
