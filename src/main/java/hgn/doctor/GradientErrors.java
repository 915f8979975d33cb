package hgn.doctor;

import com.fasterxml.jackson.databind.node.ObjectNode;
import hgn.autograd.Gradients;
import hgn.autograd.Var;
import hgn.autograd.ops.Arithmetic;
import hgn.autograd.ops.Functions;
import hgn.autograd.ops.Reductions;
import hgn.data.Batch;
import hgn.model.Hgn;
import hgn.nn.Parameter;
import hgn.random.Philox;
import hgn.tensor.Arena;
import hgn.tensor.Backend;
import hgn.tensor.Backends;
import hgn.tensor.DType;
import hgn.tensor.Precision;
import hgn.tensor.Shape;
import hgn.tensor.Tensor;
import java.io.PrintWriter;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/**
 * Errors of a training step's gradients against float64, for each precision of convolutions: the
 * largest difference in each network, relative to its largest gradient.
 */
final class GradientErrors implements Exam.Part {
  /**
   * Tolerances by precision, above all rounding errors. A small network's largest errors are those
   * of units that rounding takes across their kinks: with every convolution off by as much as sound
   * tensor units may be, 0.06 to 0.11 was observed in TF32 and 0.14 to 0.44 in bfloat16. Wrong
   * gradients are off by about 1.
   */
  private static final Map<Precision, Double> TOLERANCES =
      Map.of(Precision.FP32, 0.1, Precision.TF32, 0.3, Precision.BF16, 0.7);

  private final Exam.Size size;

  GradientErrors(Exam.Size size) {
    this.size = size;
  }

  @Override
  public String name() {
    return "gradients";
  }

  @Override
  public boolean run(Backend backend, PrintWriter out, ObjectNode found) {
    Map<String, double[]> exact = gradients(Backends.get(SelfTest.REFERENCE), DType.FLOAT64);
    out.println("largest error of a network's gradients, relative to its largest gradient");
    boolean passed = true;
    for (Precision precision : Precision.values()) {
      StringBuilder line = new StringBuilder(String.format(Locale.ROOT, "  %-6s", precision));
      try (Precision.Entered entered = precision.enter()) {
        passed &= row(precision, backend, exact, line, found.putObject(precision.toString()));
      }
      out.println(line);
    }
    return passed;
  }

  /**
   * Measures the errors in the configured precision and returns whether all are within tolerance.
   */
  private boolean row(
      Precision precision,
      Backend backend,
      Map<String, double[]> exact,
      StringBuilder line,
      ObjectNode entry) {
    Map<String, double[]> rounded;
    try {
      rounded = gradients(backend, DType.FLOAT32);
    } catch (UnsupportedOperationException absent) {
      line.append("  ").append(absent.getMessage());
      entry.put("refused", absent.getMessage());
      return precision == Precision.BF16; // a device may not support it
    }
    double tolerance = TOLERANCES.get(precision);
    boolean small = true;
    for (Map.Entry<String, Double> error : errors(rounded, exact).entrySet()) {
      line.append(String.format(Locale.ROOT, "  %s %.1e", error.getKey(), error.getValue()));
      entry.put(error.getKey(), error.getValue());
      small &= error.getValue() <= tolerance; // false for not-a-number
    }
    return small;
  }

  private Map<String, double[]> gradients(Backend backend, DType dtype) {
    try (Arena arena = Arena.open("gradients");
        Hgn model = ExamModel.of(size.preset(), backend, dtype)) {
      Batch batch = ExamModel.batch(model.spec(), size.exactBatch(), size.exactFrames(), 0);
      int side = model.spec().latentSize();
      Shape latent = Shape.of(batch.size(), side, side, model.spec().latent());
      double[] noise = new double[(int) latent.count()];
      Philox.normal(ExamModel.SEED, 1L << 40, noise);
      Hgn.Output output =
          model.forward(
              Var.constant(Tensor.of(backend, dtype, batch.clipShape(), batch.clips())),
              Var.constant(Tensor.of(backend, dtype, latent, noise)),
              batch.times(),
              ExamModel.DT);
      Var truth = Var.constant(Tensor.of(backend, dtype, batch.targetShape(), batch.targets()));
      Var error = Reductions.mean(Functions.square(Arithmetic.sub(output.frames(), truth)));
      double share = (double) batch.size() / batch.targets().length;
      Var loss = Arithmetic.add(error, Arithmetic.scale(output.posterior().divergence(), share));
      List<Var> found = Gradients.of(loss, model.parameters().vars(), false);
      Map<String, double[]> byName = new TreeMap<>();
      int i = 0;
      for (Parameter parameter : model.parameters().all()) {
        byName.put(parameter.name(), found.get(i++).value().toDoubles());
      }
      return byName;
    }
  }

  private static Map<String, Double> errors(
      Map<String, double[]> found, Map<String, double[]> exact) {
    Map<String, Double> largest = new TreeMap<>();
    Map<String, Double> difference = new TreeMap<>();
    exact.forEach(
        (name, values) -> {
          String network = name.substring(0, name.indexOf('.'));
          double[] others = found.get(name);
          for (int i = 0; i < values.length; i++) {
            largest.merge(network, Math.abs(values[i]), Math::max);
            difference.merge(network, Math.abs(values[i] - others[i]), Math::max);
          }
        });
    difference.replaceAll((network, error) -> error / largest.get(network));
    return difference;
  }
}
