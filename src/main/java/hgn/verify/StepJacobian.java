package hgn.verify;

import hgn.autograd.Gradients;
import hgn.autograd.Tape;
import hgn.autograd.Var;
import hgn.autograd.custom.FixedPoint;
import hgn.autograd.ops.Arithmetic;
import hgn.autograd.ops.Reductions;
import hgn.dynamics.ImplicitStepException;
import hgn.dynamics.Integrator;
import hgn.dynamics.PhaseState;
import hgn.dynamics.VectorField;
import hgn.tensor.Arena;
import hgn.tensor.Shape;
import hgn.tensor.Tensor;
import java.util.List;

/**
 * The Jacobian M of one step at a problem's first state, in the phase space in which the integrator
 * steps, by automatic differentiation. A row is a vector-Jacobian product; the samples of a batch
 * are independent, so a batch of copies of the state gives as many rows at once.
 */
final class StepJacobian {
  private static final int COPIES = 64;

  private final Integrator integrator;
  private final VectorField field;
  private final PhaseState start;

  /** A step of this integrator on that problem. */
  StepJacobian(TestProblem problem, Integrator integrator) {
    this.integrator = integrator;
    this.field = new VectorField(problem.hamiltonian());
    this.start = problem.start();
  }

  /** Returns M; rows and columns of positions come before those of momenta. */
  double[][] of(double dt) {
    double[][] rows = null;
    for (int first = 0; rows == null || first < rows.length; first += COPIES) {
      try (Arena arena = Arena.open("verify jacobian");
          Tape.Mode on = Tape.resume()) {
        PhaseState copies = integrator.embed(new PhaseState(copies(start.q()), copies(start.p())));
        Batch batch = new Batch(copies.q().shape());
        rows = rows == null ? new double[2 * batch.half][] : rows;
        fill(rows, first, batch, copies, dt);
      }
    }
    return rows;
  }

  private void fill(double[][] rows, int first, Batch batch, PhaseState at, double dt) {
    PhaseState before = new PhaseState(Var.leaf(at.q().value()), Var.leaf(at.p().value()));
    PhaseState after = step(before, dt);
    double[][] seeds = new double[2][(int) batch.shape.count()];
    int count = Math.min(COPIES, rows.length - first);
    for (int copy = 0; copy < count; copy++) {
      int row = first + copy;
      seeds[row / batch.half][batch.index(copy, row % batch.half)] = 1;
    }
    Var weighted = Arithmetic.add(weighted(after.q(), seeds[0]), weighted(after.p(), seeds[1]));
    List<Var> gradients = Gradients.orZero(weighted, List.of(before.q(), before.p()), false);
    double[] byQ = gradients.get(0).value().toDoubles();
    double[] byP = gradients.get(1).value().toDoubles();
    for (int copy = 0; copy < count; copy++) {
      double[] row = new double[rows.length];
      for (int i = 0; i < batch.half; i++) {
        row[i] = byQ[batch.index(copy, i)];
        row[batch.half + i] = byP[batch.index(copy, i)];
      }
      rows[first + copy] = row;
    }
  }

  private PhaseState step(PhaseState before, double dt) {
    try {
      return integrator.step(field, before, dt);
    } catch (FixedPoint.Unsolved unsolved) {
      throw new ImplicitStepException(integrator, 1, 1, dt, unsolved);
    }
  }

  private static Var weighted(Var x, double[] seed) {
    Tensor weights = Tensor.like(x.value(), x.shape()).set(seed);
    return Reductions.sum(Arithmetic.mul(x, Var.constant(weights)));
  }

  private static Var copies(Var x) {
    double[] first = x.value().rows(0, 1).toDoubles();
    double[] all = new double[COPIES * first.length];
    for (int copy = 0; copy < COPIES; copy++) {
      System.arraycopy(first, 0, all, copy * first.length, first.length);
    }
    Tensor tensor = Tensor.like(x.value(), x.shape().with(0, COPIES)).set(all);
    return Var.constant(tensor);
  }

  /**
   * Maps coordinates of the copies to elements: an embedding appends its further parts after all
   * copies.
   */
  private static final class Batch {
    private final Shape shape;
    private final int inner;
    private final int half;

    Batch(Shape shape) {
      this.shape = shape;
      inner = (int) shape.inner(0);
      half = (int) (shape.count() / COPIES);
    }

    /** Index of coordinate {@code i} of a copy. */
    int index(int copy, int i) {
      return (i / inner * COPIES + copy) * inner + i % inner;
    }
  }
}
