package hgn.autograd.custom;

import hgn.autograd.Edge;
import hgn.autograd.Gradients;
import hgn.autograd.Tape;
import hgn.autograd.Var;
import hgn.autograd.ops.Arithmetic;
import hgn.tensor.Arena;
import hgn.tensor.Tensor;
import hgn.tensor.TensorOps;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/**
 * The sum of scalars f_k(x_k, w), each differentiated as soon as it is computed.
 *
 * <p>The result and its gradient equal those of the plain sum, but the intermediate tensors of each
 * term are freed before the next term is computed, so that a loss over many frames needs the memory
 * of a few. Only the gradients with respect to x_k and w are kept, so a second derivative throws.
 */
public final class EagerSum {
  private final String name;
  private final List<Var> shared;
  private final List<Tensor> sharedGradients = new ArrayList<>();
  private final List<Edge> edges = new ArrayList<>();
  private Tensor total;

  /**
   * Creates an empty sum.
   *
   * @param name for messages
   * @param shared w: leaves that every term refers to
   */
  public EagerSum(String name, List<Var> shared) {
    this.name = name;
    this.shared = shared;
  }

  /**
   * Adds a term.
   *
   * @param xs x_k: the variables that only this term depends on
   * @param term f_k: receives variables in place of {@code xs}, may refer to the shared ones, and
   *     returns a scalar
   */
  public void add(List<Var> xs, Function<List<Var>, Var> term) {
    try (Arena scratch = Arena.open(name)) {
      List<Var> leaves = xs.stream().map(x -> cut(x)).toList();
      Var value = term.apply(leaves);
      if (value.isDifferentiable() && Tape.isRecording()) {
        differentiate(value, xs, leaves, scratch);
      }
      accumulate(value.value(), scratch);
    }
  }

  private static Var cut(Var x) {
    return x.isDifferentiable() ? Var.leaf(x.value()) : x;
  }

  private void differentiate(Var value, List<Var> xs, List<Var> leaves, Arena scratch) {
    List<Var> wanted = new ArrayList<>(leaves.stream().filter(Var::isDifferentiable).toList());
    int own = wanted.size();
    wanted.addAll(shared);
    List<Var> gradients = Gradients.orZero(value, wanted, false);
    List<Var> inputs = xs.stream().filter(Var::isDifferentiable).toList();
    for (int i = 0; i < own; i++) {
      Tensor gradient = gradients.get(i).value();
      scratch.keep(gradient);
      edges.add(edge(inputs.get(i), gradient));
    }
    for (int i = 0; i < shared.size(); i++) {
      Tensor gradient = gradients.get(own + i).value();
      if (sharedGradients.size() <= i) {
        scratch.keep(gradient);
        sharedGradients.add(gradient);
      } else {
        TensorOps.addInto(sharedGradients.get(i), gradient);
      }
    }
  }

  private void accumulate(Tensor value, Arena scratch) {
    if (total == null) {
      total = value;
      scratch.keep(value);
    } else {
      TensorOps.addInto(total, value);
    }
  }

  private Edge edge(Var input, Tensor gradient) {
    return Edge.wrt(
        input,
        (y, g) -> {
          if (Tape.isRecording()) {
            throw new UnsupportedOperationException(
                "["
                    + name
                    + "] its gradient was computed eagerly and cannot be differentiated again;"
                    + " build the sum from plain operations for that");
          }
          return Arithmetic.mul(Var.constant(gradient), g);
        });
  }

  /**
   * Returns the sum of all terms.
   *
   * @throws IllegalStateException if there is no term
   */
  public Var total() {
    if (total == null) {
      throw new IllegalStateException("[" + name + "] a sum needs at least one term");
    }
    List<Edge> all = new ArrayList<>(edges);
    for (int i = 0; i < sharedGradients.size(); i++) {
      all.add(edge(shared.get(i), sharedGradients.get(i)));
    }
    return Tape.record(name, total, all.toArray(Edge[]::new));
  }
}
