package hgn.doctor;

import com.fasterxml.jackson.databind.node.ObjectNode;
import hgn.tensor.Backend;
import hgn.tensor.Backends;
import hgn.tensor.DType;
import hgn.tensor.Precision;
import java.io.PrintWriter;
import java.util.List;
import java.util.Map;

/** The self-test of one backend, whose tolerance is that of convolutions in fp32. */
final class PrimitiveErrors implements Exam.Part {
  @Override
  public String name() {
    return "primitives";
  }

  @Override
  public boolean run(Backend backend, PrintWriter out, ObjectNode found) {
    List<SelfTest.Result> results;
    try (Precision.Entered entered = Precision.FP32.enter()) {
      results = SelfTest.run(backend, DType.FLOAT32, Backends.get(SelfTest.REFERENCE));
    }
    results.forEach(result -> found.put(result.operation(), result.error()));
    return SelfTestTable.print(out, Map.of(backend.name() + " " + DType.FLOAT32, results));
  }
}
