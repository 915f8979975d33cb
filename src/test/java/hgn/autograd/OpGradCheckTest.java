package hgn.autograd;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hgn.autograd.check.GradCheck;
import hgn.autograd.ops.Arithmetic;
import hgn.autograd.ops.Functions;
import hgn.tensor.Arena;
import hgn.tensor.Backends;
import hgn.tensor.DType;
import hgn.tensor.Shape;
import hgn.tensor.Tensor;
import hgn.tensor.TensorOps;
import hgn.tensor.UnaryOp;
import hgn.testing.autograd.OpCases;
import java.io.IOException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** First and second derivatives of every operation against difference quotients. */
public class OpGradCheckTest {
  static List<OpCases.Case> cases() {
    return OpCases.all();
  }

  @ParameterizedTest
  @MethodSource("cases")
  void derivativesAgreeWithDifferences(OpCases.Case c) {
    try (Arena arena = Arena.open("test")) {
      List<Tensor> inputs = c.inputs();
      GradCheck.check(c.toString(), c.function(), inputs);
      assertEquals(c.shapes().size(), inputs.size());
    }
  }

  @Test
  void everyOperationHasACase() throws Exception {
    Set<String> checked =
        OpCases.all().stream().map(OpCases.Case::op).collect(Collectors.toCollection(TreeSet::new));
    Set<String> declared = new TreeSet<>();
    for (Class<?> family : families()) {
      for (Method method : family.getDeclaredMethods()) {
        if (Modifier.isPublic(method.getModifiers()) && method.getReturnType() == Var.class) {
          declared.add(method.getName());
        }
      }
    }
    assertFalse(declared.isEmpty());
    assertEquals(declared, checked, "operations (expected) and those with a gradient check");
  }

  /** The classes of hgn.autograd.ops, read from the class folder so that none is missed. */
  private static List<Class<?>> families() throws Exception {
    Path folder =
        Path.of(Arithmetic.class.getProtectionDomain().getCodeSource().getLocation().toURI())
            .resolve("hgn/autograd/ops");
    List<Class<?>> classes = new ArrayList<>();
    try (Stream<Path> files = Files.list(folder)) {
      for (Path file : files.toList()) {
        String name = file.getFileName().toString();
        if (name.endsWith(".class") && !name.startsWith("package-info")) {
          classes.add(Class.forName("hgn.autograd.ops." + name.replace(".class", "")));
        }
      }
    } catch (IOException broken) {
      throw new AssertionError(broken);
    }
    return classes;
  }

  @Test
  void aWrongFirstDerivativeIsCaught() {
    assertCaught(
        "first",
        x ->
            Tape.record(
                "square",
                TensorOps.unary(UnaryOp.SQUARE, x.get(0).value()),
                Edge.wrt(
                    x.get(0), (y, g) -> Arithmetic.scale(Arithmetic.mul(g, x.get(0)), 1.999))));
  }

  @Test
  void aDroppedSecondOrderPathIsCaught() {
    assertCaught(
        "second",
        x ->
            Tape.record(
                "square",
                TensorOps.unary(UnaryOp.SQUARE, x.get(0).value()),
                Edge.wrt(
                    x.get(0),
                    (y, g) -> Arithmetic.scale(Arithmetic.mul(g, x.get(0).detach()), 2))));
  }

  private static void assertCaught(String order, GradCheck.Function planted) {
    try (Arena arena = Arena.open("test")) {
      Tensor x = Tensor.of(Backends.get("jvm"), DType.FLOAT64, Shape.of(3), 1, -2, 0.5);
      GradCheck.Mismatch found =
          assertThrows(
              GradCheck.Mismatch.class, () -> GradCheck.check("planted", planted, List.of(x)));
      assertTrue(found.getMessage().startsWith("[planted] " + order), found.getMessage());
    }
  }

  @Test
  void aThirdDerivativeIsRight() {
    try (Arena arena = Arena.open("test")) {
      Var x = Var.leaf(Tensor.of(Backends.get("jvm"), DType.FLOAT64, Shape.SCALAR, 0.7));
      Var y = Functions.exp(Functions.square(x));
      Var first = Gradients.of(y, List.of(x), true).get(0);
      Var second = Gradients.of(first, List.of(x), true).get(0);
      double third = Gradients.of(second, List.of(x), false).get(0).item();
      double expected = (12 * 0.7 + 8 * 0.7 * 0.7 * 0.7) * Math.exp(0.49);
      assertEquals(expected, third, 1e-12 * expected);
      assertEquals(List.of(), Arrays.asList(Gradients.orZero(y, List.of(), false).toArray()));
    }
  }
}
