package hgn.tensor;

import static org.junit.jupiter.api.Assertions.assertEquals;

import hgn.testing.backends.Covers;
import hgn.testing.backends.EveryBackend;
import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** Every primitive of {@link Backend} has a contract test. */
class ContractCompletenessTest {
  private static final List<Class<?>> CONTRACTS =
      List.of(
          ElementwiseContractTest.class,
          ReductionContractTest.class,
          MatmulContractTest.class,
          ConvolutionContractTest.class,
          LayoutContractTest.class,
          UpdateContractTest.class);

  /**
   * Methods that compute nothing: they describe the backend, or lead to parts with separate tests.
   */
  private static final Set<String> DESCRIPTIVE =
      Set.of(
          "name",
          "describe",
          "threads",
          "supports",
          "pool",
          "rollouts",
          "upsampledConvolutions",
          "squareSums",
          "recorder",
          "peers",
          "discPainter",
          "measurePeak",
          "await",
          "constantFilters",
          "ownMemory",
          "details");

  private static String key(Method method) {
    long overloads =
        Arrays.stream(Backend.class.getDeclaredMethods())
            .filter(other -> other.getName().equals(method.getName()))
            .count();
    return overloads == 1
        ? method.getName()
        : method.getName()
            + Arrays.stream(method.getParameterTypes())
                .map(Class::getSimpleName)
                .collect(Collectors.joining(",", "(", ")"));
  }

  @Test
  void everyPrimitiveIsCoveredAndNothingElse() {
    Set<String> primitives = new TreeSet<>();
    for (Method method : Backend.class.getDeclaredMethods()) {
      if (!method.isSynthetic() && !DESCRIPTIVE.contains(method.getName())) {
        primitives.add(key(method));
      }
    }
    Set<String> covered = new TreeSet<>();
    for (Class<?> contract : CONTRACTS) {
      for (Method test : contract.getDeclaredMethods()) {
        Covers covers = test.getAnnotation(Covers.class);
        if (covers != null && test.isAnnotationPresent(EveryBackend.class)) {
          covered.addAll(List.of(covers.value()));
        }
      }
    }
    assertEquals(primitives, covered, "methods of Backend and what @Covers names");
  }
}
