package hgn.golden;

import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.abort;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import hgn.autograd.Gradients;
import hgn.autograd.Var;
import hgn.autograd.ops.Arithmetic;
import hgn.autograd.ops.Reductions;
import hgn.tensor.Arena;
import hgn.tensor.Backend;
import hgn.tensor.BackendProvider;
import hgn.tensor.DType;
import hgn.tensor.Tensor;
import hgn.testing.backends.CudaEmulator;
import hgn.testing.backends.InFp32;
import hgn.testing.backends.TestedBackends;
import hgn.testing.golden.Golden;
import hgn.testing.golden.GoldenArray;
import hgn.testing.golden.GoldenCheck;
import hgn.testing.golden.GoldenLayout;
import hgn.testing.golden.GoldenOp;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/**
 * Value, first and second derivatives of every operation against the references: g_i = d&lt;y,
 * u&gt;/d(operand i), and the gradient of S = sum over i of &lt;g_i, v_i&gt; with respect to the
 * operands and u.
 */
@InFp32
class GoldenOpsTest {
  static {
    if (CudaEmulator.available()) {
      CudaEmulator.install();
    }
  }

  @TestFactory
  Stream<DynamicTest> everyCaseOnEveryBackend() {
    return Golden.names("ops_").stream()
        .flatMap(name -> TestedBackends.providers().flatMap(p -> tests(name, p)));
  }

  @Test
  void theCasesAreThere() {
    assertTrue(Golden.names("ops_").size() >= 38);
  }

  private static Stream<DynamicTest> tests(String name, BackendProvider provider) {
    return Stream.of(DType.values())
        .filter(dtype -> dtype == DType.FLOAT32 || provider.name().equals("jvm"))
        .map(
            dtype ->
                dynamicTest(
                    name + " in " + dtype + " on " + provider.name(),
                    () -> run(name, backend(provider), dtype)));
  }

  private static Backend backend(BackendProvider provider) {
    try {
      return provider.get();
    } catch (UnsupportedOperationException reason) {
      return abort(reason.getMessage());
    }
  }

  private static void run(String name, Backend backend, DType dtype) {
    try (Arena arena = Arena.open(name)) {
      new Case(Golden.load(name), backend, dtype).check();
      assertTrue(arena.size() > 0);
    }
  }

  /** One case on one backend. */
  private static final class Case {
    private final Golden golden;
    private final Backend backend;
    private final DType dtype;
    private final GoldenCheck check;
    private final boolean composite;
    private final Map<String, Var> operands = new LinkedHashMap<>();
    private final List<String> inputs = new ArrayList<>();
    private final List<String> parameters = new ArrayList<>();

    Case(Golden golden, Backend backend, DType dtype) {
      this.golden = golden;
      this.backend = backend;
      this.dtype = dtype;
      this.check = new GoldenCheck(golden, dtype + " on " + backend.name());
      this.composite = golden.metadata("op").equals("composite");
      for (String name : golden.list("operands")) {
        boolean parameter = golden.has("params/" + name);
        (parameter ? parameters : inputs).add(name);
        operands.put(name, Var.leaf(load((parameter ? "params/" : "inputs/") + name, name)));
      }
    }

    void check() {
      Var y = GoldenOp.apply(golden, operands);
      Var u = Var.leaf(load("inputs/u", "u"));
      compare("outputs/y", "u", y, valueTolerance());
      List<String> names = List.copyOf(operands.keySet());
      Var weighted = Reductions.sum(Arithmetic.mul(y, u));
      List<Var> first = Gradients.orZero(weighted, List.copyOf(operands.values()), true);
      for (int i = 0; i < names.size(); i++) {
        compare("grads/first/" + names.get(i), names.get(i), first.get(i), gradTolerance());
      }
      second("grads/second/", u, projection(inputs, names, first));
      if (!parameters.isEmpty()) {
        second("grads/second_all/", u, projection(names, names, first));
      }
    }

    /** Sum over {@code of} of the products of gradient and direction. */
    private Var projection(List<String> of, List<String> names, List<Var> first) {
      Var total = null;
      for (String name : of) {
        Var direction = Var.constant(load("inputs/v_" + name, name));
        Var product = Reductions.sum(Arithmetic.mul(first.get(names.indexOf(name)), direction));
        total = total == null ? product : Arithmetic.add(total, product);
      }
      return total;
    }

    private void second(String group, Var u, Var projection) {
      Map<String, Var> all = new LinkedHashMap<>(operands);
      all.put("u", u);
      List<String> names = List.copyOf(all.keySet());
      List<Var> second = Gradients.orZero(projection, List.copyOf(all.values()), false);
      for (int i = 0; i < names.size(); i++) {
        compare(group + names.get(i), names.get(i), second.get(i), gradTolerance());
      }
    }

    private Tensor load(String tensor, String operand) {
      return layout(operand).toEngine(golden.array(tensor)).tensor(backend, dtype);
    }

    private void compare(String tensor, String operand, Var computed, double tolerance) {
      GoldenArray actual = layout(operand).toReference(GoldenArray.of(computed.value()));
      check.close(exact(tensor), actual, tolerance);
    }

    /** Of softplus the references also hold torch's version, which is linear beyond 20. */
    private String exact(String tensor) {
      String[] parts = tensor.split("/");
      parts[1] = parts[1] + "_exact";
      String name = String.join("/", parts);
      return golden.has(name) ? name : tensor;
    }

    private GoldenLayout layout(String operand) {
      return GoldenLayout.of(golden, operand);
    }

    private double valueTolerance() {
      return dtype == DType.FLOAT64 ? (composite ? 1e-11 : 1e-12) : (composite ? 3e-5 : 2e-6);
    }

    private double gradTolerance() {
      return dtype == DType.FLOAT64 ? (composite ? 1e-11 : 1e-12) : (composite ? 1e-4 : 5e-5);
    }
  }
}
