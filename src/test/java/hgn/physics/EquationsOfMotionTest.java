package hgn.physics;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hgn.random.PhiloxRandom;
import java.util.stream.Stream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.DoubleRange;

/** Properties of every system; a new one is covered as soon as {@link Systems} lists it. */
class EquationsOfMotionTest {
  private static final double STEP = 1e-5;

  @Provide
  Arbitrary<PhysicalSystem> systems() {
    return Arbitraries.of(
        Stream.concat(Systems.all().stream(), Systems.misprinted().stream()).toList());
  }

  /** dq/dt = dH/dp and dp/dt = -dH/dq, with the right-hand sides by central differences of H. */
  @Property(tries = 300)
  void derivativesAreHamiltonsEquations(
      @ForAll("systems") PhysicalSystem system,
      @ForAll long stream,
      @ForAll @DoubleRange(max = 4) double t) {
    int n = system.degreesOfFreedom();
    double[] s = system.initialState(new PhiloxRandom(11, stream));
    double[] expected = new double[2 * n];
    for (int i = 0; i < n; i++) {
      expected[i] = slope(system, t, s, n + i);
      expected[n + i] = -slope(system, t, s, i);
    }
    double[] dsdt = new double[2 * n];
    system.derivatives(t, s, dsdt);
    assertArrayEquals(expected, dsdt, 1e-7);
  }

  @Property(tries = 200)
  void initialStatesArePureFunctionsOfTheStream(
      @ForAll("systems") PhysicalSystem system, @ForAll long stream) {
    double[] s = system.initialState(new PhiloxRandom(13, stream));
    assertEquals(2 * system.degreesOfFreedom(), s.length);
    assertArrayEquals(s, system.initialState(new PhiloxRandom(13, stream)));
  }

  /** Bodies start within the picture. */
  @Property(tries = 200)
  void centresAreInTheWorld(@ForAll("systems") PhysicalSystem system, @ForAll long stream) {
    double[] xy = new double[2 * system.bodies()];
    system.centres(system.initialState(new PhiloxRandom(17, stream)), xy);
    for (double coordinate : xy) {
      assertTrue(
          Math.abs(coordinate) < system.worldHalfWidth(), system.name() + " at " + coordinate);
    }
  }

  private static double slope(PhysicalSystem system, double t, double[] s, int i) {
    double[] plus = s.clone();
    double[] minus = s.clone();
    plus[i] += STEP;
    minus[i] -= STEP;
    return (system.hamiltonian(t, plus) - system.hamiltonian(t, minus)) / (2 * STEP);
  }
}
