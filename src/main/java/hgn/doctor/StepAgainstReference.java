package hgn.doctor;

import com.fasterxml.jackson.databind.node.ObjectNode;
import hgn.loss.Geco;
import hgn.model.Hgn;
import hgn.nn.Adam;
import hgn.nn.Parameter;
import hgn.tensor.Backend;
import hgn.tensor.Backends;
import hgn.tensor.DType;
import hgn.tensor.Precision;
import hgn.train.StepRunner;
import hgn.train.TrainingStep;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/**
 * Training steps as the device runs them, the later ones recorded and replayed, against the same
 * steps in float64 on the CPU. Losses are compared, and how far each network has moved.
 */
final class StepAgainstReference implements Exam.Part {
  /** The first step is not recorded, the second is, and the third is a replay alone. */
  private static final int STEPS = 3;

  private static final double LOSS_TOLERANCE = 1e-4;

  /**
   * Tolerance of a network's movement, relative to its length. Adam moves a parameter whose
   * gradient is nearly zero by the full rate, to whichever side rounding errors point.
   */
  private static final double MOVE_TOLERANCE = 0.01;

  private final Exam.Size size;

  /** Losses by step, and each parameter's change. */
  private record Trained(List<Double> losses, Map<String, double[]> moves) {}

  StepAgainstReference(Exam.Size size) {
    this.size = size;
  }

  @Override
  public String name() {
    return "step";
  }

  @Override
  public boolean run(Backend backend, PrintWriter out, ObjectNode found) {
    boolean recorded = backend.recorder().isPresent();
    Trained exact = train(Backends.get(SelfTest.REFERENCE), DType.FLOAT64);
    Trained ours;
    try (Precision.Entered entered = Precision.FP32.enter()) {
      ours = train(backend, DType.FLOAT32);
    }
    out.println(
        STEPS
            + " training steps in fp32, "
            + (recorded ? "recorded" : "not recorded")
            + ", against "
            + SelfTest.REFERENCE
            + " float64");
    boolean passed = true;
    for (int i = 0; i < STEPS; i++) {
      double expected = exact.losses.get(i);
      double error = Math.abs(ours.losses.get(i) - expected) / Math.abs(expected);
      passed &= report(out, found, "loss " + (i + 1), error, LOSS_TOLERANCE);
    }
    for (Map.Entry<String, Double> error : errors(ours.moves, exact.moves).entrySet()) {
      passed &= report(out, found, error.getKey(), error.getValue(), MOVE_TOLERANCE);
    }
    found.put("recorded", recorded);
    return passed;
  }

  private static boolean report(
      PrintWriter out, ObjectNode found, String what, double error, double tolerance) {
    boolean passed = error <= tolerance; // false for not-a-number
    out.println(String.format(Locale.ROOT, "  %-12s %.1e%s", what, error, passed ? "" : " WRONG"));
    found.put(what, error);
    return passed;
  }

  private Trained train(Backend backend, DType dtype) {
    try (Hgn model = ExamModel.of(size.preset(), backend, dtype);
        Adam adam = new Adam(model.parameters(), 0.9, 0.999, 1e-8, 0);
        Geco geco = new Geco(new Geco.Settings(0.033, 0.99, 0.1, 1), backend, dtype)) {
      Map<String, double[]> moves = values(model);
      TrainingStep step =
          new TrainingStep(
              model,
              adam,
              geco,
              new TrainingStep.Settings(ExamModel.DT, 1e-3, 0, false, ExamModel.SEED));
      List<Double> losses = new ArrayList<>();
      try (StepRunner steps = StepRunner.fastest(step, backend)) {
        for (int i = 0; i < STEPS; i++) {
          steps.run(ExamModel.batch(model.spec(), size.exactBatch(), size.exactFrames(), i), i);
          losses.add(steps.losses().loss());
        }
      }
      values(model)
          .forEach(
              (name, after) -> {
                double[] move = moves.get(name);
                for (int i = 0; i < move.length; i++) {
                  move[i] = after[i] - move[i];
                }
              });
      return new Trained(losses, moves);
    }
  }

  private static Map<String, double[]> values(Hgn model) {
    Map<String, double[]> values = new TreeMap<>();
    for (Parameter parameter : model.parameters().all()) {
      values.put(parameter.name(), parameter.value().toDoubles());
    }
    return values;
  }

  /** Length of the difference relative to the length of the exact move, by network. */
  private static Map<String, Double> errors(
      Map<String, double[]> found, Map<String, double[]> exact) {
    Map<String, Double> squares = new TreeMap<>();
    Map<String, Double> differences = new TreeMap<>();
    exact.forEach(
        (name, move) -> {
          String network = name.substring(0, name.indexOf('.'));
          double[] other = found.get(name);
          for (int i = 0; i < move.length; i++) {
            squares.merge(network, move[i] * move[i], Double::sum);
            differences.merge(network, Math.pow(other[i] - move[i], 2), Double::sum);
          }
        });
    differences.replaceAll((network, square) -> Math.sqrt(square / squares.get(network)));
    return differences;
  }
}
