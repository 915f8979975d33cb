package hgn.model;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import hgn.autograd.Var;
import hgn.autograd.check.GradCheck;
import hgn.autograd.ops.Functions;
import hgn.autograd.ops.Reductions;
import hgn.dynamics.Leapfrog;
import hgn.dynamics.PhaseState;
import hgn.nn.FourierFeatures;
import hgn.nn.Init;
import hgn.nn.Parameters;
import hgn.tensor.Arena;
import hgn.tensor.Backend;
import hgn.tensor.Backends;
import hgn.tensor.DType;
import hgn.tensor.Shape;
import hgn.tensor.Tensor;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The ways in which a vector q is unfolded into an image, and a frame reduced to a vector. */
class VectorToImageTest {
  private static final Backend BACKEND = Backends.get("jvm");

  @Test
  void octavesAreWavesOfOneSlope() {
    try (Arena arena = Arena.open("test")) {
      Var q = Var.constant(Tensor.of(BACKEND, DType.FLOAT64, Shape.of(1, 1, 1, 2), 0.3, -1.2));
      double[] lifted = new FourierFeatures(3).lift(q).value().toDoubles();
      assertEquals(new FourierFeatures(3).features(2), lifted.length);
      double[] x = {0.3, -1.2};
      int at = 0;
      assertEquals(x[0], lifted[at++]);
      assertEquals(x[1], lifted[at++]);
      for (int k = 1; k <= 4; k *= 2) {
        for (double value : x) {
          assertEquals(Math.sin(k * value) / k, lifted[at++], 1e-15);
        }
        for (double value : x) {
          assertEquals(Math.cos(k * value) / k, lifted[at++], 1e-15);
        }
      }
      assertEquals(q, new FourierFeatures(0).lift(q), "nothing is added");
    }
    assertThrows(IllegalArgumentException.class, () -> new FourierFeatures(-1));
  }

  /** Each channel of the image is of rank 1: y[i,j] y[k,l] = y[i,l] y[k,j]. */
  @Test
  void anOuterProductIsOfRankOne() {
    try (Arena arena = Arena.open("test");
        Parameters parameters = new Parameters(BACKEND, DType.FLOAT64)) {
      VectorToImageSpec spec = new VectorPhase(2, Angles.NONE, 0, 0, 5).unfold();
      OuterProduct product = new OuterProduct(parameters, new Init(3), "p", 4, spec);
      Var h =
          Var.constant(
              Tensor.of(BACKEND, DType.FLOAT64, Shape.of(1, 1, 1, 4), 0.5, -0.2, 0.9, 1.1));
      Var image = product.apply(h);
      assertEquals(Shape.of(1, 32, 32, 5), image.shape());
      double[] y = image.value().toDoubles();
      for (int c = 0; c < 5; c++) {
        double left = at(y, 3, 7, c) * at(y, 20, 30, c);
        assertEquals(left, at(y, 3, 30, c) * at(y, 20, 7, c), 1e-12 * Math.abs(left));
      }
    }
  }

  private static double at(double[] y, int row, int column, int channel) {
    return y[(row * 32 + column) * 5 + channel];
  }

  @ParameterizedTest
  @CsvSource({"0, 0", "3, 0", "0, 4", "2, 4"})
  void decodersDifferentiateTwice(int octaves, int profiles) {
    VectorToImageSpec spec = new VectorPhase(1, Angles.NONE, 0, octaves, profiles).unfold();
    try (Arena arena = Arena.open("test");
        Parameters parameters = new Parameters(BACKEND, DType.FLOAT64)) {
      VectorToImage unfold = new VectorToImage(parameters, new Init(5), "u", 1, spec);
      Tensor q = Tensor.of(BACKEND, DType.FLOAT64, Shape.of(2, 1, 1, 1), 0.4, -0.7);
      GradCheck.check(
          "unfold", x -> Reductions.mean(Functions.square(unfold.apply(x.get(0)))), List.of(q));
    }
  }

  /** A frame's features do not depend on the other frames. */
  @Test
  void framesAreSeenOneByOne() {
    HgnSpec spec =
        Presets.withPhase(
            "quick", 3, BaseEnergy.OSCILLATOR, 1, new VectorPhase(1, Angles.NONE, 4, 0, 0));
    try (Arena arena = Arena.open("test");
        Parameters parameters = new Parameters(BACKEND, DType.FLOAT64)) {
      FrameFeatures features = new FrameFeatures(parameters, new Init(1), "f", spec);
      int pixels = 32 * 32;
      double[] clip = new double[2 * pixels * 9];
      for (int i = 0; i < clip.length; i++) {
        clip[i] = Math.sin(i);
      }
      double[] before = apply(features, clip);
      assertEquals(2 * 3 * 4, before.length);
      for (int pixel = 0; pixel < pixels; pixel++) {
        clip[pixel * 9 + 4] += 0.1; // of the first clip's second frame
      }
      double[] after = apply(features, clip);
      for (int i = 0; i < before.length; i++) {
        boolean isChanged = i >= 4 && i < 8;
        assertEquals(isChanged, before[i] != after[i], "number " + i);
      }
    }
  }

  private static double[] apply(FrameFeatures features, double[] clip) {
    return features
        .apply(Var.constant(Tensor.of(BACKEND, DType.FLOAT64, Shape.of(2, 32, 32, 9), clip)))
        .value()
        .toDoubles();
  }

  @ParameterizedTest
  @CsvSource({
    "quick, 0, 64, 1",
    "quick, 0, 128, 3",
    "published, 0, 64, 3",
    "paper, 0, 128, 1",
    "quick, 2, 64, 1",
    "quick, 2, 128, 3"
  })
  void networksFollowTheFrames(String preset, int phase, int size, int colours) {
    HgnSpec small =
        phase == 0
            ? Presets.named(preset, 5, BaseEnergy.KINETIC, 1)
            : Presets.withPhase(
                preset, 5, BaseEnergy.KINETIC, 1, new VectorPhase(phase, Angles.NONE, 24, 6, 24));
    HgnSpec spec = small.forFrames(size, colours);
    assertEquals(small.phaseSize(), spec.phaseSize(), "the state stays as it is");
    assertEquals(size, spec.frameSize());
    try (Arena arena = Arena.open("test");
        Hgn model = new Hgn(spec, new Leapfrog(), BACKEND, DType.FLOAT32, 1)) {
      Var clips =
          Var.constant(
              Tensor.full(BACKEND, DType.FLOAT32, Shape.of(1, size, size, 5 * colours), 0.5));
      PhaseState state = model.infer(clips, null);
      assertEquals(Shape.of(1, size, size, colours), model.decoder().apply(state.q()).shape());
    }
  }

  /** The backdrop is added before the last sigmoid. */
  @Test
  void aBackdropIsAddedToWhatIsDrawn() {
    HgnSpec spec =
        Presets.withPhase(
            "quick", 2, BaseEnergy.OSCILLATOR, 1, new VectorPhase(1, Angles.NONE, 4, 2, 3));
    double[] picture = new double[32 * 32 * 3];
    for (int i = 0; i < picture.length; i++) {
      picture[i] = i % 7 / 6.0; // black and white too
    }
    try (Arena arena = Arena.open("test");
        Parameters plain = new Parameters(BACKEND, DType.FLOAT64);
        Parameters backed = new Parameters(BACKEND, DType.FLOAT64)) {
      Decoder without = new Decoder(plain, new Init(2), spec);
      Decoder with = new Decoder(backed, new Init(2), spec.withBackdrop(true));
      without.setBackdrop(picture); // which has no effect
      with.setBackdrop(picture);
      Var q = Var.constant(Tensor.of(BACKEND, DType.FLOAT64, Shape.of(1, 1, 1, 1), 0.8));
      double[] drawn = without.apply(q).value().toDoubles();
      double[] both = with.apply(q).value().toDoubles();
      for (int i = 0; i < picture.length; i++) {
        double inside = Math.min(1 - 0.5 / 255, Math.max(0.5 / 255, picture[i]));
        double odds = drawn[i] / (1 - drawn[i]) * inside / (1 - inside);
        assertEquals(odds / (1 + odds), both[i], 1e-9);
      }
    }
  }
}
