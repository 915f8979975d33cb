package hgn.evaluate;

import hgn.autograd.custom.FixedPoint;
import hgn.dynamics.ImplicitStepException;
import hgn.dynamics.Integrator;
import hgn.dynamics.Integrators;
import hgn.predict.Estimate;
import hgn.tensor.Arena;
import hgn.train.Experiment;
import hgn.verify.Verifier;
import java.util.List;
import java.util.function.DoubleSupplier;
import java.util.function.Supplier;
import java.util.function.ToDoubleFunction;

/**
 * Whether the model's integrator has its declared properties on the learnt energy, in float64 at
 * the state inferred from one test rollout. A measure is NaN if an implicit step does not converge
 * or the motion overflows.
 */
final class IntegratorMeasures {
  private static final int STATES = 1;

  private final Experiment experiment;
  private final Integrator integrator;

  IntegratorMeasures(Experiment experiment) {
    this.experiment = experiment;
    integrator = Integrators.named(experiment.config().model().integrator());
  }

  List<Measure> all() {
    if (!LearntEnergy.isIn(experiment)) {
      return List.of();
    }
    Supplier<Found> found = Lazy.of(this::find);
    return List.of(
        measure(
            MetricKeys.INTEGRATOR_ORDER,
            "learnt flow: observed order (declared: " + declaredOrder() + ")",
            () -> found.get().order()),
        measure(
            MetricKeys.INTEGRATOR_REVERSAL,
            "learnt flow: error after reversal",
            () -> found.get().reversal()),
        measure(
            MetricKeys.INTEGRATOR_SYMPLECTICITY,
            "learnt flow: |M'OM - O| of a step",
            () -> found.get().symplecticity()));
  }

  private int declaredOrder() {
    return integrator.traits().order(experiment.config().model().energy().equals("separable"));
  }

  private static Measure measure(String key, String label, DoubleSupplier value) {
    return new Measure(key, label, Measure.Unit.NUMBER, () -> Estimate.single(value.getAsDouble()));
  }

  private record Found(double order, double reversal, double symplecticity) {}

  private Found find() {
    int steps = experiment.window().framesOut();
    try (Arena arena = Arena.open("learnt flow");
        LearntEnergy learnt = LearntEnergy.of(experiment, "the model", STATES).orElseThrow()) {
      Verifier verifier = new Verifier(learnt.problem(), experiment.config().data().dt(), steps);
      return new Found(
          orNaN(verifier, v -> v.order(integrator).slope()),
          orNaN(verifier, v -> v.reversal(integrator)),
          orNaN(verifier, v -> v.symplecticity(integrator)));
    }
  }

  private static double orNaN(Verifier verifier, ToDoubleFunction<Verifier> value) {
    try {
      return value.applyAsDouble(verifier);
    } catch (ImplicitStepException | FixedPoint.Unsolved unsolved) {
      return Double.NaN;
    }
  }
}
