package hgn.evaluate;

import hgn.autograd.FixedPoint;
import hgn.model.integrators.ImplicitStepException;
import hgn.model.integrators.Integrator;
import hgn.model.integrators.Integrators;
import hgn.tensor.Arena;
import hgn.train.Experiment;
import hgn.train.Score;
import hgn.verify.Verifier;
import java.util.List;
import java.util.function.ToDoubleFunction;

/**
 * Whether the model's integrator does on the learnt energy what it declares, in float64 at the
 * state inferred from one test rollout. A measure is NaN where an implicit step does not converge,
 * or the motion leaves what numbers can hold.
 */
final class FlowMeasures {
  private static final int STATES = 1;

  private final Experiment experiment;
  private final Integrator integrator;

  FlowMeasures(Experiment experiment) {
    this.experiment = experiment;
    integrator = Integrators.named(experiment.config().model().integrator());
  }

  List<Measure> all() {
    if (!LearntEnergy.isIn(experiment)) {
      return List.of();
    }
    return List.of(
        measure(
            "flow_order",
            "learnt flow: observed order (declared: " + declaredOrder() + ")",
            verifier -> verifier.order(integrator).slope()),
        measure(
            "flow_reversal",
            "learnt flow: what is left after a way back",
            verifier -> verifier.reversal(integrator)),
        measure(
            "flow_symplecticity",
            "learnt flow: |M'OM - O| of a step",
            verifier -> verifier.symplecticity(integrator)));
  }

  private int declaredOrder() {
    return integrator.traits().order(experiment.config().model().energy().equals("separable"));
  }

  private Measure measure(String key, String label, ToDoubleFunction<Verifier> value) {
    return new Measure(key, label, Measure.Unit.NUMBER, () -> Score.single(of(value)));
  }

  private double of(ToDoubleFunction<Verifier> value) {
    int steps = experiment.window().framesOut();
    try (Arena arena = Arena.open("learnt flow");
        LearntEnergy learnt = LearntEnergy.of(experiment, "the model", STATES).orElseThrow()) {
      return value.applyAsDouble(
          new Verifier(learnt.subject(), experiment.config().data().dt(), steps));
    } catch (ImplicitStepException | FixedPoint.Unsolved unsolved) {
      return Double.NaN;
    }
  }
}
