package hgn.doctor;

import com.fasterxml.jackson.databind.node.ObjectNode;
import hgn.loss.Geco;
import hgn.model.Hgn;
import hgn.nn.Adam;
import hgn.nn.Parameter;
import hgn.tensor.Backend;
import hgn.tensor.DType;
import hgn.tensor.Precision;
import hgn.train.StepRunner;
import hgn.train.TrainingStep;
import java.io.PrintWriter;
import java.util.Arrays;
import java.util.List;

/** Whether repeating a few training steps yields the same bits, in every precision. */
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
    boolean again = true;
    boolean recorded = true;
    for (Precision precision : Precision.values()) {
      ObjectNode entry = found.putObject(precision.toString());
      try (Precision.Entered entered = precision.enter()) {
        again &= again(precision, backend, out, entry);
      } catch (UnsupportedOperationException absent) {
        out.println(STEPS + " training steps in " + precision + ": " + absent.getMessage());
        entry.put("refused", absent.getMessage());
        again &= precision == Precision.BF16; // a device may not support it
      }
      recorded &= entry.path("recorded_or_not").asBoolean(true);
    }
    found.put("again", again);
    if (backend.recorder().isPresent()) {
      found.put("recorded_or_not", recorded);
    }
    return again && recorded;
  }

  /** Compares runs in the configured precision; returns whether the same run repeats. */
  private boolean again(Precision precision, Backend backend, PrintWriter out, ObjectNode entry) {
    List<float[]> first = train(backend, true);
    boolean again = same(first, train(backend, true));
    out.println(STEPS + " training steps in " + precision + ", repeated: " + words(again));
    entry.put("again", again);
    if (backend.recorder().isPresent()) {
      boolean recorded = same(first, train(backend, false));
      out.println(
          STEPS + " training steps in " + precision + ", recorded or not: " + words(recorded));
      entry.put("recorded_or_not", recorded);
    }
    return again;
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
