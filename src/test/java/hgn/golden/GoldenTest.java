package hgn.golden;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hgn.tensor.Shape;
import hgn.testing.golden.Golden;
import hgn.testing.golden.GoldenArray;
import hgn.testing.golden.GoldenCheck;
import hgn.testing.golden.GoldenParameters;
import hgn.testing.golden.SplitMix64;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Tests the loader and the comparison that the reference tests rely on. */
class GoldenTest {
  @Test
  void splitMixGivesTheKnownNumbers() {
    SplitMix64 raw = new SplitMix64(1);
    assertEquals(0x910a2dec89025cc1L, raw.next());
    assertEquals(0xbeeb8da1658eec67L, raw.next());
    SplitMix64 values = new SplitMix64(1);
    assertEquals(0.13312304019927979, values.uniform(1));
    assertEquals(0.49156343936920166, values.uniform(1));
  }

  @ParameterizedTest
  @ValueSource(strings = {"hnn_default", "hgn_small_inputs"})
  void generatedParametersAreTheStoredOnes(String name) {
    Golden golden = Golden.load(name);
    Map<String, GoldenArray> stored = GoldenParameters.of(golden);
    Map<String, GoldenArray> generated = GoldenParameters.generated(golden);
    assertEquals(stored.keySet(), generated.keySet());
    stored.forEach(
        (key, array) -> {
          assertEquals(array.shape(), generated.get(key).shape(), key);
          assertArrayEquals(array.values(), generated.get(key).values(), key);
        });
  }

  @ParameterizedTest
  @ValueSource(strings = {"hgn_default_inputs", "hgn_default_hamilton", "hnn_default_init_scale"})
  void generatedParametersHaveTheStoredSummary(String name) {
    Golden golden = Golden.load(name);
    GoldenCheck check = new GoldenCheck(golden, "generator");
    Map<String, GoldenArray> generated = GoldenParameters.of(golden);
    assertTrue(generated.size() >= 10);
    generated.forEach(
        (key, array) -> check.closeOrSummary("params", key, array, 1e-13, array.scale()));
  }

  @Test
  void relatedCasesAreFollowed() {
    Golden integrator = Golden.load("integrator_euler");
    assertEquals(10, GoldenParameters.of(integrator).size());
    assertEquals(Shape.of(64), integrator.array("params/hidden_layers.0.bias").shape());
    assertEquals(0.125, integrator.attributes().get("dt").asDouble());
    assertTrue(Golden.load("hgn_default_hamilton").has("inputs/rollout"));
  }

  @Test
  void layoutsGoThereAndBack() {
    double[] counted = new double[2 * 3 * 4 * 5];
    for (int i = 0; i < counted.length; i++) {
      counted[i] = i;
    }
    GoldenArray array = new GoldenArray(Shape.of(2, 3, 4, 5), counted);
    assertEquals(Shape.of(2, 4, 5, 3), array.nchwToNhwc().shape());
    assertEquals(Shape.of(4, 5, 3, 2), array.oihwToHwio().shape());
    // (n,c,h,w) = (1,2,3,4) is the last entry both ways; (0,1,2,3) is 33 and moves to (0,2,3,1).
    assertEquals(33, array.nchwToNhwc().values()[(2 * 5 + 3) * 3 + 1]);
    assertEquals(33, array.oihwToHwio().values()[((2 * 5 + 3) * 3 + 1) * 2]);
    assertArrayEquals(counted, array.nchwToNhwc().nhwcToNchw().values());
    assertArrayEquals(counted, array.oihwToHwio().hwioToOihw().values());
    assertEquals(Shape.of(3, 4, 5), array.row(1).shape());
    assertEquals(60, array.row(1).values()[0]);
  }

  @Test
  void differencesAreFound() {
    Golden golden = Golden.load("ops_exp_open");
    GoldenArray y = golden.array("outputs/y");
    GoldenCheck check = new GoldenCheck(golden, "test");
    check.close("outputs/y", y, 0);
    double[] values = y.values().clone();
    values[3] += 3e-6 * y.scale();
    GoldenArray off = new GoldenArray(y.shape(), values);
    check.close("outputs/y", off, 4e-6);
    String message =
        assertThrows(AssertionError.class, () -> check.close("outputs/y", off, 2e-6)).getMessage();
    assertTrue(message.startsWith("ops_exp_open (test) outputs/y [3] is "), message);
    assertTrue(message.contains("error 3.00e-06"), message);
    values[3] = Double.NaN;
    assertThrows(AssertionError.class, () -> check.close("outputs/y", off, 1e9));
    GoldenArray flat = new GoldenArray(Shape.of(30), y.values());
    assertThrows(AssertionError.class, () -> check.close("outputs/y", flat, 1));
  }

  @Test
  void structuralZerosMustBeExact() {
    Golden golden = Golden.load("ops_add_same");
    GoldenCheck check = new GoldenCheck(golden, "test");
    GoldenArray zeros = new GoldenArray(Shape.of(2, 3, 4), new double[24]);
    check.close("grads/second/a", zeros, 1e-12);
    zeros.values()[0] = 1e-300;
    assertThrows(AssertionError.class, () -> check.close("grads/second/a", zeros, 1e-12));
  }

  @Test
  void statisticsAreComputedAsStored() {
    double[] stats = GoldenCheck.stats(new double[] {3, -4});
    assertArrayEquals(new double[] {5, -0.5, -4, 3, 3 - 4 * Math.cos(1)}, stats, 1e-15);
  }
}
