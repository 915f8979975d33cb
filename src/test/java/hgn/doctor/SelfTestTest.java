package hgn.doctor;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hgn.tensor.Backend;
import hgn.tensor.Backends;
import hgn.tensor.DType;
import hgn.tensor.Tensor;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SelfTestTest {
  private static final Backend JVM = Backends.get("jvm");

  @Test
  void theReferenceAgreesWithItself() {
    for (SelfTest.Result result : SelfTest.run(JVM, DType.FLOAT64, JVM)) {
      assertEquals(0, result.error(), result.operation());
    }
    List<SelfTest.Result> single = SelfTest.run(JVM, DType.FLOAT32, JVM);
    assertTrue(single.size() >= 10);
    for (SelfTest.Result result : single) {
      assertTrue(result.passed(), result.toString());
    }
  }

  @ParameterizedTest
  @CsvSource({
    "matmul, matrix product",
    "conv2d, convolution",
    "conv2dInputGrad, convolution's input gradient",
    "conv2dWeightGrad, convolution's weight gradient",
    "activate, activation",
    "unary, exponential",
    "binary, broadcast product",
    "sumTo, sum",
    "upsample2x, upsampling",
    "paste, concatenation",
    "normal, random numbers"
  })
  void aWrongPrimitiveIsFound(String primitive, String operation) {
    List<SelfTest.Result> results = SelfTest.run(broken(primitive), DType.FLOAT64, JVM);
    for (SelfTest.Result result : results) {
      if (result.operation().equals(operation)) {
        assertFalse(result.passed(), result.toString());
      }
    }
    StringWriter table = new StringWriter();
    assertFalse(SelfTestTable.print(new PrintWriter(table), Map.of("broken", results)));
    assertTrue(table.toString().contains("WRONG"), table.toString());
  }

  @Test
  void notANumberFails() {
    assertFalse(new SelfTest.Result("x", Double.NaN, 1).passed());
  }

  /** The plain backend with an error of 1/1000 in one primitive. */
  private static Backend broken(String primitive) {
    return (Backend)
        Proxy.newProxyInstance(
            Backend.class.getClassLoader(),
            new Class<?>[] {Backend.class},
            (proxy, method, args) -> {
              try {
                Object result = method.invoke(JVM, args);
                if (method.getName().equals(primitive)) {
                  Tensor y = (Tensor) args[args.length - 1];
                  JVM.affine(y, 1.001, 0, y);
                }
                return result;
              } catch (InvocationTargetException thrown) {
                throw thrown.getCause();
              }
            });
  }
}
