package hgn.nn;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hgn.tensor.Arena;
import hgn.tensor.Backend;
import hgn.tensor.Backends;
import hgn.tensor.DType;
import hgn.tensor.Shape;
import hgn.testing.Throws;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ParametersTest {
  private static final Class<? extends Throwable> ARGUMENT = IllegalArgumentException.class;
  private final Backend backend = Backends.get("jvm");

  @Test
  void orderIsThatOfCreationAndValuesOutliveEveryStep() {
    long blocks = backend.pool().liveBlocks();
    Parameters parameters = new Parameters(backend, DType.FLOAT32);
    Parameter b;
    try (Arena step = Arena.open("step")) {
      b = parameters.add("b", Shape.of(2), new double[] {1, 2});
      parameters.add("a", Shape.of(2, 3), new double[6]);
      assertEquals(0, step.size());
    }
    assertEquals(List.of("b", "a"), parameters.all().stream().map(Parameter::name).toList());
    assertEquals(List.of(b.var(), parameters.get("a").var()), parameters.vars());
    assertSame(b, parameters.get("b"));
    assertEquals(2, b.value().toDoubles()[1]);
    assertEquals(8, parameters.count());
    assertTrue(b.var().isDifferentiable());
    assertEquals(blocks + 2, backend.pool().liveBlocks());
    parameters.close();
    assertEquals(blocks, backend.pool().liveBlocks());
    assertTrue(b.value().isFreed());
  }

  @Test
  void frozenNetworksHaveNoLeaves() {
    try (Parameters parameters =
        new Parameters(backend, DType.FLOAT32, "kind", Set.of("decoder"))) {
      Parameter frozen = parameters.add("decoder.out.bias", Shape.of(1), new double[] {3});
      Parameter trained = parameters.add("encoder.0.bias", Shape.of(1), new double[1]);
      assertFalse(frozen.var().isDifferentiable());
      assertEquals(3, frozen.value().item());
      assertEquals(List.of(trained), parameters.trained());
      assertEquals(List.of(trained.var()), parameters.vars());
      assertEquals(List.of(), parameters.vars("decoder."));
      assertEquals(2, parameters.all().size());
      assertEquals(Set.of("decoder", "encoder"), parameters.networks());
      assertEquals("kind", parameters.owner());
      try (Adam adam = new Adam(parameters, 0.9, 0.999, 1e-8, 0)) {
        assertEquals(1, adam.slots().size());
      }
    }
  }

  @Test
  void aTakenAndAnUnknownNameAreRefused() {
    try (Parameters parameters = new Parameters(backend, DType.FLOAT32)) {
      parameters.add("encoder.0.bias", Shape.of(1), new double[1]);
      Throws.naming(
          ARGUMENT,
          () -> parameters.add("encoder.0.bias", Shape.of(1), new double[1]),
          "[parameters]",
          "'encoder.0.bias'",
          "already");
      Throws.naming(
          ARGUMENT, () -> parameters.get("encoder.1.bias"), "'encoder.1.bias'", "encoder.0.bias");
      assertEquals(1, parameters.count());
    }
  }

  @Test
  void valuesThatDoNotFillTheShapeAreRefusedAndNothingIsAdded() {
    long blocks = backend.pool().liveBlocks();
    Parameters parameters = new Parameters(backend, DType.FLOAT32);
    Throws.naming(
        ARGUMENT, () -> parameters.add("w", Shape.of(2, 2), new double[3]), "3 values", "(2,2)");
    assertEquals(0, parameters.all().size());
    assertThrows(
        UnsupportedOperationException.class, () -> parameters.all().clear(), "the view is fixed");
    parameters.close();
    assertEquals(blocks, backend.pool().liveBlocks());
  }
}
