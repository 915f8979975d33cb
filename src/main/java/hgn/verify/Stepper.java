package hgn.verify;

import hgn.autograd.Var;
import hgn.autograd.custom.FixedPoint;
import hgn.dynamics.ImplicitStepException;
import hgn.dynamics.Integrator;
import hgn.dynamics.PhaseState;
import hgn.dynamics.VectorField;
import hgn.tensor.Arena;
import hgn.tensor.Tensor;
import java.util.function.IntConsumer;

/**
 * A motion that is not recorded on the tape and keeps only the current state, in the phase space in
 * which the integrator steps.
 */
final class Stepper implements AutoCloseable {
  private final VectorField field;
  private final Integrator integrator;
  private final Tensor q;
  private final Tensor p;

  /** Starts at the problem's state, which is copied into the innermost arena. */
  Stepper(TestProblem problem, Integrator integrator) {
    this.field = new VectorField(problem.hamiltonian());
    this.integrator = integrator;
    PhaseState start = integrator.embed(problem.start());
    q = copy(start.q());
    p = copy(start.p());
  }

  private static Tensor copy(Var x) {
    return Tensor.like(x.value(), x.shape()).set(x.value().toDoubles());
  }

  /** Takes steps; calls {@code seen} after each with its number, counted from 1. */
  void steps(int count, double dt, IntConsumer seen) {
    for (int i = 1; i <= count; i++) {
      try (Arena scratch = Arena.open("verify step")) {
        PhaseState next = integrator.step(field, embedded(), dt);
        q.set(next.q().value().toDoubles());
        p.set(next.p().value().toDoubles());
      } catch (FixedPoint.Unsolved unsolved) {
        throw new ImplicitStepException(integrator, i, count, dt, unsolved);
      }
      seen.accept(i);
    }
  }

  void steps(int count, double dt) {
    steps(count, dt, i -> {});
  }

  /** The current state in the phase space of the steps; a view. */
  PhaseState embedded() {
    return new PhaseState(Var.constant(q), Var.constant(p));
  }

  /** The current state. */
  PhaseState state() {
    return integrator.project(embedded());
  }

  @Override
  public void close() {
    q.close();
    p.close();
  }
}
