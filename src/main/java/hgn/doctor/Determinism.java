package hgn.doctor;

import com.fasterxml.jackson.databind.node.ObjectNode;
import hgn.loss.Geco;
import hgn.model.Hgn;
import hgn.nn.Adam;
import hgn.nn.Parameter;
import hgn.tensor.Backend;
import hgn.tensor.DType;
import hgn.train.StepRunner;
import hgn.train.TrainingStep;
import java.io.PrintWriter;
import java.util.Arrays;
import java.util.List;

/** Whether repeating a few training steps yields the same bits. */
final class Determinism implements Exam.Part {
  private static final int STEPS = 4;

  private final Exam.Size size;

  Determinism(Exam.Size size) {
    this.size = size;
  }

  @Override
  public String name() {
    return "determinism";
  }

  @Override
  public boolean run(Backend backend, PrintWriter out, ObjectNode found) {
    List<float[]> first = train(backend, true);
    boolean again = same(first, train(backend, true));
    out.println(STEPS + " training steps, repeated: " + words(again));
    found.put("again", again);
    if (backend.recorder().isEmpty()) {
      return again;
    }
    boolean recorded = same(first, train(backend, false));
    out.println(STEPS + " training steps, recorded or not: " + words(recorded));
    found.put("recorded_or_not", recorded);
    return again && recorded;
  }

  private static String words(boolean same) {
    return same ? "the same bits" : "different bits, WRONG";
  }

  private static boolean same(List<float[]> a, List<float[]> b) {
    boolean same = true;
    for (int i = 0; i < a.size(); i++) {
      same &= Arrays.equals(a.get(i), b.get(i));
    }
    return same;
  }

  private List<float[]> train(Backend backend, boolean fastest) {
    try (Hgn model = ExamModel.of(size.preset(), backend, DType.FLOAT32);
        Adam adam = new Adam(model.parameters(), 0.9, 0.999, 1e-8, 0);
        Geco geco = new Geco(new Geco.Settings(0.033, 0.99, 0.1, 1), backend, DType.FLOAT32)) {
      TrainingStep step =
          new TrainingStep(
              model,
              adam,
              geco,
              new TrainingStep.Settings(ExamModel.DT, 1e-3, 0, false, ExamModel.SEED));
      try (StepRunner steps =
          fastest ? StepRunner.fastest(step, backend) : StepRunner.eager(step)) {
        for (int i = 0; i < STEPS; i++) {
          steps.run(ExamModel.batch(model.spec(), size.exactBatch(), size.exactFrames(), i), i);
        }
        steps.losses();
      }
      return model.parameters().all().stream()
          .map(Parameter::value)
          .map(value -> value.toFloats())
          .toList();
    }
  }
}
