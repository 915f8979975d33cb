package hgn.mechanics;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hgn.autograd.Tape;
import hgn.autograd.Var;
import hgn.autograd.ops.Arithmetic;
import hgn.autograd.ops.Functions;
import hgn.frames.Renderers;
import hgn.frames.RolloutGenerator;
import hgn.frames.Split;
import hgn.physics.GroundTruth;
import hgn.physics.MotionException;
import hgn.physics.PhasePath;
import hgn.physics.PhysicalSystem;
import hgn.physics.Systems;
import hgn.random.PhiloxRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TapeSystemTest {
  private static final String NAME = HenonHeiles.class.getName();
  private final PhysicalSystem system = Systems.byName(NAME);

  @Test
  void aClassIsFoundByItsName() {
    assertEquals(HenonHeiles.class, system.getClass());
    assertEquals(NAME, system.name());
  }

  /** dx/dt = px, dy/dt = py, dpx/dt = -x - 2xy, dpy/dt = -y - x^2 + y^2. */
  @Test
  void hamiltonsEquationsFollowFromTheEnergy() {
    double[] s = {0.3, -0.2, 0.1, 0.4};
    double[] dsdt = new double[4];
    try (Tape.Mode off = Tape.pause()) {
      system.derivatives(0, s, dsdt);
      assertTrue(!Tape.isRecording());
    }
    assertArrayEquals(
        new double[] {0.1, 0.4, -0.3 + 2 * 0.3 * 0.2, 0.2 - 0.09 + 0.04}, dsdt, 1e-15);
    assertEquals(
        (0.01 + 0.16 + 0.09 + 0.04) / 2 - 0.09 * 0.2 + 0.008 / 3, system.hamiltonian(0, s), 1e-15);
  }

  @Test
  void filmsConserveTheEnergyFromAnyThread() {
    var rollouts =
        new RolloutGenerator(system, Renderers.byName("published", 32), 34, 0.125, 1, Split.TRAIN);
    float[][] parallel =
        IntStream.range(0, 6)
            .parallel()
            .mapToObj(i -> rollouts.generate(i).frames())
            .toArray(float[][]::new);
    for (int i = 0; i < 6; i++) {
      assertArrayEquals(rollouts.generate(i).frames(), parallel[i]);
      PhasePath path = rollouts.path(i);
      double before = system.hamiltonian(0, path.state(0));
      assertTrue(before < 1.0 / 6);
      for (int k = 0; k < path.frames(); k++) {
        assertEquals(before, system.hamiltonian(0, path.state(k)), 1e-9);
      }
    }
  }

  /** ln q falls to minus infinity where the mass reaches 0. */
  public static class Fall extends Slope {
    @Override
    public Var energy(double t, Var q, Var p) {
      return Columns.sum(Functions.log(q));
    }
  }

  /** Returns the energy with a wrong shape. */
  public static class WrongShape extends Slope {
    @Override
    public Var energy(double t, Var q, Var p) {
      return q;
    }
  }

  /** H = q: p grows, and q = p^2/2 does too. */
  public static class Slope extends TapeSystem {
    @Override
    public Var energy(double t, Var q, Var p) {
      return Columns.sum(Arithmetic.add(Functions.square(p), q));
    }

    @Override
    public int degreesOfFreedom() {
      return 1;
    }

    @Override
    public double minRadius() {
      return 0.5;
    }

    @Override
    public double maxRadius() {
      return 0.6;
    }

    @Override
    public double worldHalfWidth() {
      return 2;
    }

    @Override
    public int bodies() {
      return 1;
    }

    @Override
    public void centres(double[] q, double[] xy) {
      xy[0] = q[0];
      xy[1] = 0;
    }

    @Override
    public double bodyRadius(int body) {
      return 0.3;
    }
  }

  /** Its static initialiser fails. */
  public static final class Unlinked extends Slope {
    private static final int NUMBER = Integer.parseInt("none");
  }

  /** Has no accessible constructor. */
  public static final class Unmade extends Slope {
    Unmade(int unused) {}
  }

  /** A constructor that throws. */
  public static final class Thrower extends Slope {
    /** Throws. */
    public Thrower() {
      throw new UnsupportedOperationException("not today");
    }
  }

  @Test
  void anEnergyThatIsNotFiniteIsNamedWithThePlace() {
    PhysicalSystem fall = new Fall();
    Executable solve = () -> new GroundTruth().of(fall, 0, new double[] {-0.5, 0}, 5, 0.1);
    String message = assertThrows(MotionException.class, solve).getMessage();
    assertTrue(message.contains("Fall: H is NaN at t = 0.0, (q, p) = [-0.5, 0.0]"), message);
    assertThrows(MotionException.class, () -> fall.hamiltonian(0, new double[] {-1, 0}));
  }

  @Test
  void aBodyThatLeavesThePictureIsRefused() {
    var rollouts =
        new RolloutGenerator(new Slope(), Renderers.byName("smooth", 32), 34, 0.125, 1, Split.TEST);
    String message = assertThrows(MotionException.class, () -> rollouts.generate(3)).getMessage();
    assertTrue(message.contains("Slope: body 0 leaves the picture at frame"), message);
    assertTrue(message.contains("of rollout 3"), message);
    assertEquals(5, rollouts.withFrames(5).generate(3).length());
  }

  @Test
  void anEnergyMustBeOneNumberASample() {
    Executable energy = () -> new WrongShape().hamiltonian(0, new double[2]);
    String message = assertThrows(IllegalArgumentException.class, energy).getMessage();
    assertTrue(message.contains("WrongShape: energy of q and p (1,1) has shape (1,1)"), message);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "no.such.Thing                        | is not on the class path",
        "java.lang.String                     | is no class that implements hgn.physics.Phys",
        "hgn.mechanics.TapeSystem             | is no class that implements hgn.physics.Phys",
        "hgn.mechanics.TapeSystemTest$Unlinked | cannot be loaded: java.lang.ExceptionInInit",
        "hgn.mechanics.TapeSystemTest$Unmade  | public constructor without arguments",
        "hgn.mechanics.TapeSystemTest$Thrower | its constructor threw java.lang.Unsupported",
      })
  void whatIsWrongWithAClassIsSaid(String name, String problem) {
    String message =
        assertThrows(IllegalArgumentException.class, () -> Systems.byName(name)).getMessage();
    assertTrue(message.contains("class " + name + " ") && message.contains(problem), message);
  }

  @Test
  void aSystemOfOnesOwnHasNoPrintedForm() {
    Executable printed = () -> Systems.byName(NAME, true);
    String message = assertThrows(IllegalArgumentException.class, printed).getMessage();
    assertTrue(message.contains("HenonHeiles has no printed form"), message);
    double[] s = system.initialState(new PhiloxRandom(1, 2));
    assertEquals(Math.hypot(s[0], s[2]), Math.hypot(s[1], s[3]), 1e-12);
  }
}
