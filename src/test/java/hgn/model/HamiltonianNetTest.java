package hgn.model;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hgn.autograd.Var;
import hgn.autograd.check.GradCheck;
import hgn.dynamics.PhaseState;
import hgn.dynamics.VectorField;
import hgn.nn.Init;
import hgn.nn.Parameters;
import hgn.tensor.Arena;
import hgn.tensor.Backend;
import hgn.tensor.Backends;
import hgn.tensor.DType;
import hgn.tensor.Shape;
import hgn.testing.models.TinyModel;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HamiltonianNetTest {
  private static final Backend JVM = Backends.get("jvm");

  private Arena arena;
  private Parameters parameters;

  @BeforeEach
  void open() {
    arena = Arena.open("test");
  }

  @AfterEach
  void close() {
    if (parameters != null) {
      parameters.close();
    }
    arena.close();
  }

  /** The same weights with and without the kinetic term. */
  private HamiltonianNet net(boolean kinetic) {
    if (parameters != null) {
      parameters.close();
    }
    parameters = new Parameters(JVM, DType.FLOAT64);
    return new HamiltonianNet(parameters, new Init(4), TinyModel.spec(2, 3, kinetic));
  }

  private static Var normal(long stream) {
    return TinyModel.normal(JVM, DType.FLOAT64, stream, 3, 4, 4, 2);
  }

  @Test
  void theKineticTermIsHalfTheSquareOfTheMomentaOfEachSample() {
    Var q = normal(1);
    Var p = normal(2);
    Var learnt = net(false).energy(q, p);
    double[] without = learnt.value().toDoubles();
    Var whole = net(true).energy(q, p);
    assertEquals(Shape.of(3), whole.shape());
    double[] momenta = p.value().toDoubles();
    for (int n = 0; n < 3; n++) {
      double square =
          Arrays.stream(momenta, n * 32, (n + 1) * 32).map(value -> value * value).sum();
      assertEquals(without[n] + square / 2, whole.value().toDoubles()[n], 1e-12);
    }
  }

  @Test
  void theKineticTermAddsPToTheGradientByPAndNothingByQ() {
    Var q = normal(1);
    Var p = normal(2);
    PhaseState bare = new VectorField(net(false)).both(new PhaseState(q, p));
    double[] bareByP = bare.p().value().toDoubles();
    double[] bareByQ = bare.q().value().toDoubles();
    assertTrue(Arrays.stream(bareByP).anyMatch(v -> v != 0), "the network sees p itself");
    PhaseState whole = new VectorField(net(true)).both(new PhaseState(q, p));
    double[] momenta = p.value().toDoubles();
    for (int i = 0; i < momenta.length; i++) {
      bareByP[i] += momenta[i];
    }
    assertArrayEquals(bareByP, whole.p().value().toDoubles(), 1e-14);
    assertArrayEquals(bareByQ, whole.q().value().toDoubles(), 1e-14);
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void everySampleHasItsOwnEnergy(boolean kinetic) {
    HamiltonianNet net = net(kinetic);
    Var q = normal(1);
    Var p = normal(2);
    double[] together = net.energy(q, p).value().toDoubles();
    for (int n = 0; n < 3; n++) {
      Var one = Var.constant(q.value().rows(n, 1));
      Var its = Var.constant(p.value().rows(n, 1));
      assertEquals(net.energy(one, its).item(), together[n], 1e-13);
    }
  }

  @Test
  void theEnergyIsTheSumOfTheLastLayerOverSpace() {
    HamiltonianNet net = net(false);
    parameters.get("hamiltonian.1.weight").value().set(new double[2 * 2 * 4]);
    parameters.get("hamiltonian.1.bias").value().set(0.7);
    // four pixels of the last layer, each softplus(0.7)
    double expected = 4 * Math.log1p(Math.exp(0.7));
    assertEquals(expected, net.energy(normal(1), normal(2)).value().toDoubles()[1], 1e-13);
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void derivativesAreRightToTheSecondOrder(boolean kinetic) {
    HamiltonianNet net = net(kinetic);
    GradCheck.Function energy = x -> net.energy(x.get(0), x.get(1));
    GradCheck.check("energy", energy, List.of(normal(1).value(), normal(2).value()));
    assertEquals(kinetic, TinyModel.spec(2, 3, kinetic).base() == BaseEnergy.KINETIC);
  }
}
