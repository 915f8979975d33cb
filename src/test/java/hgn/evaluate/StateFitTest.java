package hgn.evaluate;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hgn.autograd.Tape;
import hgn.autograd.Var;
import hgn.autograd.ops.Arithmetic;
import hgn.dynamics.Integrators;
import hgn.dynamics.PhaseState;
import hgn.model.Hgn;
import hgn.tensor.Arena;
import hgn.tensor.Backends;
import hgn.tensor.DType;
import hgn.testing.models.TinyModel;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class StateFitTest {
  private static final double DT = 0.125;
  private static final int FILMS = 3;
  private static final int FRAMES = 6;
  private static final int BACK = 2;

  private final Hgn model =
      new Hgn(
          TinyModel.spec(2, 3, true),
          Integrators.named("leapfrog"),
          Backends.get("jvm"),
          DType.FLOAT64,
          5);

  @AfterEach
  void close() {
    model.close();
  }

  private PhaseState state(long stream) {
    return new PhaseState(normal(stream), normal(stream + 1));
  }

  private Var normal(long stream) {
    return TinyModel.normal(model.parameters().backend(), DType.FLOAT64, stream, FILMS, 4, 4, 2);
  }

  /** The model's own films, with the state at frame {@link #BACK}, another dt if wanted. */
  private float[][] films(PhaseState state, double dt) {
    float[][] films = new float[FILMS][];
    try (Tape.Mode off = Tape.pause()) {
      PhaseState first = model.rollout(state, BACK + 1, -dt).get(BACK);
      List<PhaseState> motion = model.rollout(first, FRAMES, dt);
      float[] frames = model.decode(motion).value().toFloats();
      int length = frames.length / FILMS / FRAMES;
      for (int n = 0; n < FILMS; n++) {
        films[n] = new float[FRAMES * length];
        for (int t = 0; t < FRAMES; t++) {
          System.arraycopy(frames, (t * FILMS + n) * length, films[n], t * length, length);
        }
      }
    }
    return films;
  }

  @Test
  void aShiftedStateIsFoundAgainWhereTheModelHasMadeTheFilms() {
    try (Arena arena = Arena.open("test")) {
      PhaseState truth = state(1);
      PhaseState given =
          new PhaseState(
              Arithmetic.affine(truth.q(), 0.9, 0.1), Arithmetic.affine(truth.p(), 1.2, 0.1));
      StateFit fit = new StateFit(model, DT, -BACK, films(truth, DT));
      StateFit.Errors errors = fit.from(given);
      assertEquals(FILMS, errors.given().length);
      for (int n = 0; n < FILMS; n++) {
        assertTrue(errors.given()[n] > 1e-5, Arrays.toString(errors.given()));
        assertTrue(errors.start()[n] < 0.01 * errors.given()[n], Arrays.toString(errors.start()));
        assertTrue(errors.pictures()[n] <= errors.start()[n] + 1e-15);
      }
      StateFit.Errors exact = fit.from(truth);
      // films are float32, and leapfrog on this H goes back a little beside its way
      assertEquals(0, Arrays.stream(exact.given()).max().orElseThrow(), 1e-9);
    }
  }

  @Test
  void whatAnotherMotionHasMadeTakesAStateForEachFrame() {
    try (Arena arena = Arena.open("test")) {
      PhaseState truth = state(7);
      StateFit fit = new StateFit(model, DT, -BACK, films(truth, -4 * DT));
      StateFit.Errors errors = fit.from(truth);
      for (int n = 0; n < FILMS; n++) {
        assertTrue(errors.start()[n] < errors.given()[n]);
        assertTrue(
            errors.pictures()[n] < 0.5 * errors.start()[n],
            Arrays.toString(errors.pictures()) + Arrays.toString(errors.start()));
      }
    }
  }

  @Test
  void aFilmBeyondTheStateIsFittedToo() {
    try (Arena arena = Arena.open("test")) {
      PhaseState truth = state(3);
      StateFit fit = new StateFit(model, DT, 0, films(truth, DT));
      try (Tape.Mode off = Tape.pause()) {
        PhaseState first = model.rollout(truth, BACK + 1, -DT).get(BACK);
        assertEquals(0, Arrays.stream(fit.from(first).given()).max().orElseThrow(), 1e-13);
      }
    }
  }
}
