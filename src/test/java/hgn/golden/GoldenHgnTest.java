package hgn.golden;

import hgn.autograd.Gradients;
import hgn.autograd.Var;
import hgn.autograd.ops.Arithmetic;
import hgn.autograd.ops.Functions;
import hgn.autograd.ops.Reductions;
import hgn.data.Batch;
import hgn.dynamics.PhaseState;
import hgn.loss.Geco;
import hgn.model.Hgn;
import hgn.nn.Adam;
import hgn.nn.Parameter;
import hgn.tensor.Arena;
import hgn.tensor.Shape;
import hgn.tensor.Tensor;
import hgn.testing.backends.InFp32;
import hgn.testing.golden.Engine;
import hgn.testing.golden.Golden;
import hgn.testing.golden.GoldenArray;
import hgn.testing.golden.GoldenCheck;
import hgn.testing.golden.ReferenceModel;
import hgn.testing.golden.ReferenceNames;
import hgn.train.TrainingStep;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** The whole model: latents, states, frames, loss, gradients and three steps of Adam. */
@InFp32
class GoldenHgnTest {
  private static final List<String> CASES =
      List.of(
          "hgn_small_hamilton",
          "hgn_default_hamilton",
          "hgn_small_published_partial",
          "hgn_default_published_partial",
          "hgn_small_published",
          "hgn_default_published");

  private interface Check {
    void run(Golden golden, Engine engine);
  }

  @TestFactory
  List<DynamicTest> firstStep() {
    return tests(GoldenHgnTest::firstStep);
  }

  @TestFactory
  List<DynamicTest> training() {
    return tests(GoldenHgnTest::training);
  }

  private static List<DynamicTest> tests(Check check) {
    List<DynamicTest> tests = new ArrayList<>();
    for (String name : CASES) {
      for (Engine engine : Engine.all()) {
        tests.add(
            DynamicTest.dynamicTest(
                name + " on " + engine, () -> check.run(Golden.load(name), engine)));
      }
    }
    return tests;
  }

  private static void firstStep(Golden golden, Engine engine) {
    ReferenceModel reference = new ReferenceModel(golden);
    GoldenCheck check = new GoldenCheck(golden, engine.toString());
    try (Arena arena = Arena.open("test");
        Hgn model = reference.load(engine);
        Geco geco = reference.geco(engine)) {
      Batch batch = reference.batch();
      Var clips = constant(engine, batch.clipShape(), batch.clips());
      Var targets = constant(engine, batch.targetShape(), batch.targets());
      int size = model.spec().latentSize();
      Shape latent = Shape.of(batch.size(), size, size, model.spec().latent());
      Var noise =
          Var.constant(Tensor.of(engine.backend(), engine.dtype(), latent, reference.noise(0)));
      Hgn.Output output = model.forward(clips, noise, batch.times(), reference.dt());
      values(golden, engine, check, output, batch, noise);

      Var mse = Reductions.mean(Functions.square(Arithmetic.sub(output.frames(), targets)));
      double share = (double) batch.size() / batch.targets().length;
      Var loss = geco.loss(mse, Arithmetic.scale(output.posterior().divergence(), share)).total();
      List<Var> gradients = Gradients.of(loss, model.parameters().vars(), false);
      gradients(golden, engine, check, model, gradients);
    }
  }

  private static Var constant(Engine engine, Shape shape, float[] values) {
    return Var.constant(Tensor.of(engine.backend(), engine.dtype(), shape, values));
  }

  private static void values(
      Golden golden, Engine engine, GoldenCheck check, Hgn.Output output, Batch batch, Var noise) {
    double tolerance = engine.tolerance(1e-11, 1e-5);
    summary(golden, check, "z_mean", output.posterior().mean(), tolerance);
    summary(golden, check, "z_logvar", output.posterior().logVariance(), tolerance);
    summary(golden, check, "z", output.posterior().sample(noise), tolerance);
    check.close("outputs/q", states(output, PhaseState::q), tolerance);
    check.close("outputs/p", states(output, PhaseState::p), tolerance);
    // the reference stores (sample, time, ...), the model decodes (time, sample, ...)
    int times = batch.window().framesOut();
    Shape byTime = Shape.of(times, batch.size(), batch.resolution(), batch.resolution(), 3);
    GoldenArray frames =
        new GoldenArray(byTime, output.frames().value().toDoubles()).permute(1, 0, 4, 2, 3);
    double scale = golden.array("outputs/sample/reconstruction").scale();
    check.closeOrSummary("outputs", "reconstruction", frames, tolerance, scale);
  }

  private static void summary(
      Golden golden, GoldenCheck check, String name, Var x, double tolerance) {
    GoldenArray images = GoldenArray.of(x.value()).nhwcToNchw();
    double scale = golden.array("outputs/sample/" + name).scale();
    check.closeOrSummary("outputs", name, images, tolerance, scale);
  }

  private static GoldenArray states(Hgn.Output output, Function<PhaseState, Var> part) {
    List<GoldenArray> rows =
        output.states().stream()
            .map(part)
            .map(x -> GoldenArray.of(x.value()).nhwcToNchw())
            .toList();
    return GoldenArray.stack(rows);
  }

  private static void gradients(
      Golden golden, Engine engine, GoldenCheck check, Hgn model, List<Var> gradients) {
    Map<String, Double> scales = moduleScales(golden);
    int i = 0;
    for (Parameter parameter : model.parameters().all()) {
      String name = ReferenceNames.of(parameter.name(), model.parameters());
      GoldenArray gradient = GoldenArray.of(gradients.get(i++).value()).parameterToReference();
      double scale = scales.get(module(name));
      check.closeOrSummary("grads", name, gradient, engine.tolerance(1e-10, single(golden)), scale);
    }
  }

  /**
   * 2e-5 in single precision. But some of the default model's many leaky units lie within the
   * rounding of their kink, the closest 3e-7 among numbers of size 9: on which side they fall
   * depends on the order of sums, thus on the instruction set, and each moves some gradients by up
   * to 1e-4.
   */
  private static double single(Golden golden) {
    return golden.name().contains("default") ? 2e-4 : 2e-5;
  }

  private static String module(String name) {
    return name.substring(0, name.indexOf('.'));
  }

  /** The largest gradient of each network, from whole tensors or from the summaries' extremes. */
  private static Map<String, Double> moduleScales(Golden golden) {
    Map<String, Double> scales = new HashMap<>();
    for (String entry : golden.under("grads")) {
      String name = entry.replaceFirst("^(sample|stats)/", "");
      GoldenArray array = golden.array("grads/" + entry);
      double largest =
          entry.startsWith("stats/")
              ? Math.max(Math.abs(array.values()[2]), Math.abs(array.values()[3]))
              : array.scale();
      scales.merge(module(name), largest, Math::max);
    }
    return scales;
  }

  private static void training(Golden golden, Engine engine) {
    training(golden, engine, 0);
    training(golden, engine, 2); // in several parts
  }

  private static void training(Golden golden, Engine engine, int framesAtOnce) {
    ReferenceModel reference = new ReferenceModel(golden);
    try (Hgn model = reference.load(engine);
        Adam adam = new Adam(model.parameters(), 0.9, 0.999, 1e-8, 0);
        Geco geco = reference.geco(engine)) {
      TrainingStep step =
          new TrainingStep(
              model,
              adam,
              geco,
              new TrainingStep.Settings(reference.dt(), reference.rate(), framesAtOnce, false, 0));
      for (int k = 0; k < 3; k++) {
        TrainingStep.Losses losses = step.run(reference.batch(), k, reference.noise(k));
        losses(golden, engine, k, losses, geco);
        if (k != 1) {
          parameters(golden, engine, "after" + (k + 1), model, reference.rate());
        }
      }
    }
  }

  /** Columns: loss, KL, MSE, C, average of C, lambda after its update. */
  private static void losses(
      Golden golden, Engine engine, int k, TrainingStep.Losses losses, Geco geco) {
    double[] expected = golden.array("outputs/geco").row(k).values();
    double[] actual = {
      losses.loss(), losses.divergence(), losses.mse(), Double.NaN, geco.average(), geco.weight()
    };
    for (int i = 0; i < expected.length; i++) {
      double error = Math.abs(actual[i] - expected[i]);
      // C is not reported: it is the MSE less a constant
      if (i != 3 && !(error <= engine.tolerance(1e-11, 1e-5) * Math.abs(expected[i]))) {
        throw new AssertionError(
            golden.name()
                + " step "
                + k
                + " column "
                + i
                + ": "
                + actual[i]
                + ", expected "
                + expected[i]);
      }
    }
  }

  private static void parameters(
      Golden golden, Engine engine, String group, Hgn model, double rate) {
    GoldenCheck check = new GoldenCheck(golden, engine.toString());
    double tolerance = engine.tolerance(1e-6, 0.05) * rate;
    double strays = engine.tolerance(0, 0.001);
    for (Parameter parameter : model.parameters().all()) {
      String name = ReferenceNames.of(parameter.name(), model.parameters());
      GoldenArray value = GoldenArray.of(parameter.value()).parameterToReference();
      check.closeButFew(group, name, value, tolerance, strays, 2 * rate);
    }
  }
}
