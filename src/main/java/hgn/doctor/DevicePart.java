package hgn.doctor;

import com.fasterxml.jackson.databind.node.ObjectNode;
import hgn.tensor.Backend;
import java.io.PrintWriter;

/** Describes the device and the libraries that are used. */
final class DevicePart implements Exam.Part {
  @Override
  public String name() {
    return "device";
  }

  @Override
  public boolean run(Backend backend, PrintWriter out, ObjectNode found) {
    out.println("device   " + backend.describe());
    backend.details().forEach(line -> out.println("         " + line));
    found.put("backend", backend.name()).put("description", backend.describe());
    backend.details().forEach(found.putArray("details")::add);
    return true;
  }
}
