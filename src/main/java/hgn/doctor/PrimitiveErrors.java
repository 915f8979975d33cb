package hgn.doctor;

import com.fasterxml.jackson.databind.node.ObjectNode;
import hgn.tensor.Backend;
import hgn.tensor.Backends;
import hgn.tensor.DType;
import java.io.PrintWriter;
import java.util.List;
import java.util.Map;

/** The self-test of one backend. */
final class PrimitiveErrors implements Exam.Part {
  @Override
  public String name() {
    return "primitives";
  }

  @Override
  public boolean run(Backend backend, PrintWriter out, ObjectNode found) {
    List<SelfTest.Result> results =
        SelfTest.run(backend, DType.FLOAT32, Backends.get(SelfTest.REFERENCE));
    results.forEach(result -> found.put(result.operation(), result.error()));
    return SelfTestTable.print(out, Map.of(backend.name() + " " + DType.FLOAT32, results));
  }
}
