package hgn.doctor;

import com.fasterxml.jackson.databind.node.ObjectNode;
import hgn.bench.BenchWork;
import hgn.model.Hgn;
import hgn.tensor.Backend;
import hgn.tensor.DType;
import java.io.PrintWriter;

/** How many operations of the device a training step is, recorded at the smallest batch size. */
final class RecordedStep implements Exam.Part {
  private final Exam.Size size;

  RecordedStep(Exam.Size size) {
    this.size = size;
  }

  @Override
  public String name() {
    return "recorded_step";
  }

  @Override
  public boolean run(Backend backend, PrintWriter out, ObjectNode found) {
    if (backend.recorder().isEmpty()) {
      out.println("training step  not recorded on this backend");
      return true;
    }
    int batch = size.batches().get(0);
    try (Hgn model = ExamModel.of(size.preset(), backend, DType.FLOAT32);
        BenchWork work = new BenchWork(model, batch, size.frames())) {
      Runnable step = work.step();
      step.run(); // not recorded
      step.run();
      long operations = work.recordedOperations().orElseThrow();
      out.println(
          "training step  recorded, batch "
              + batch
              + ", "
              + size.frames()
              + " frames: "
              + operations
              + " graph nodes");
      found.put("batch", batch).put("frames", size.frames()).put("graph_nodes", operations);
    }
    return true;
  }
}
