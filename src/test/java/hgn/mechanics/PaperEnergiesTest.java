package hgn.mechanics;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hgn.autograd.Var;
import hgn.physics.PhysicalSystem;
import hgn.physics.Systems;
import hgn.random.PhiloxRandom;
import hgn.tensor.Arena;
import hgn.tensor.Backends;
import hgn.tensor.DType;
import hgn.tensor.Shape;
import hgn.tensor.Tensor;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The hand-written equations of motion, compared with the tape's gradient of the energy, in
 * float64.
 */
class PaperEnergiesTest {
  @ParameterizedTest
  @MethodSource("hgn.physics.Systems#all")
  void equationsOfMotionAreTheGradientOfTheEnergy(PhysicalSystem system) {
    var tape = new EnergyGradient(system.name(), PaperEnergies.named(system.name()));
    for (int stream = 0; stream < 50; stream++) {
      double[] s = system.initialState(new PhiloxRandom(61, stream));
      double t = 0.1 * stream;
      double[] expected = new double[s.length];
      tape.derivatives(t, s, expected);
      double[] written = new double[s.length];
      system.derivatives(t, s, written);
      assertArrayEquals(expected, written, 1e-12);
      assertEquals(tape.value(t, s), system.hamiltonian(t, s), 1e-12);
    }
  }

  @ParameterizedTest
  @MethodSource("hgn.physics.Systems#all")
  void aBatchHasTheEnergyOfEachSample(PhysicalSystem system) {
    int n = system.degreesOfFreedom();
    double[] q = new double[3 * n];
    double[] p = new double[3 * n];
    double[] expected = new double[3];
    for (int sample = 0; sample < 3; sample++) {
      double[] s = system.initialState(new PhiloxRandom(67, sample));
      System.arraycopy(s, 0, q, sample * n, n);
      System.arraycopy(s, n, p, sample * n, n);
      expected[sample] = system.hamiltonian(0.5, s);
    }
    try (Arena arena = Arena.open("test")) {
      Var energies = PaperEnergies.named(system.name()).energy(0.5, constant(n, q), constant(n, p));
      assertEquals(Shape.of(3), energies.shape());
      assertArrayEquals(expected, energies.value().toDoubles(), 1e-12);
    }
  }

  private static Var constant(int n, double[] values) {
    return Var.constant(Tensor.of(Backends.get("jvm"), DType.FLOAT64, Shape.of(3, n), values));
  }

  @Test
  void theNamesAreThoseOfTheSystems() {
    assertEquals(Systems.all().stream().map(PhysicalSystem::name).toList(), PaperEnergies.names());
    var e = assertThrows(IllegalArgumentException.class, () -> PaperEnergies.named("two-bodies"));
    assertTrue(e.getMessage().contains("did you mean 'two-body'?"), e.getMessage());
  }
}
