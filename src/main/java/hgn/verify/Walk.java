package hgn.verify;

import hgn.autograd.FixedPoint;
import hgn.autograd.Var;
import hgn.model.PhaseState;
import hgn.model.integrators.ImplicitStepException;
import hgn.model.integrators.Integrator;
import hgn.model.integrators.VectorField;
import hgn.tensor.Arena;
import hgn.tensor.Tensor;
import java.util.function.IntConsumer;

/**
 * A motion that is not recorded and of which only the present state is kept, in the phase space in
 * which the integrator steps.
 */
final class Walk implements AutoCloseable {
  private final VectorField field;
  private final Integrator integrator;
  private final Tensor q;
  private final Tensor p;

  /** At the start; the state is copied into the innermost arena. */
  Walk(Subject subject, Integrator integrator) {
    this.field = new VectorField(subject.hamiltonian());
    this.integrator = integrator;
    PhaseState start = integrator.embed(subject.start());
    q = copy(start.q());
    p = copy(start.p());
  }

  private static Tensor copy(Var x) {
    return Tensor.like(x.value(), x.shape()).set(x.value().toDoubles());
  }

  /** Takes steps; after each one {@code seen} is told its number, from 1. */
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

  /** The present state where steps are taken; a view. */
  PhaseState embedded() {
    return new PhaseState(Var.constant(q), Var.constant(p));
  }

  /** The present state. */
  PhaseState state() {
    return integrator.project(embedded());
  }

  @Override
  public void close() {
    q.close();
    p.close();
  }
}
