package hgn.testing.backends;

import hgn.tensor.Activation;
import hgn.tensor.BinaryOp;
import hgn.tensor.DType;
import hgn.tensor.RolloutKernel;
import hgn.tensor.RolloutPlan;
import hgn.tensor.RolloutProgram.Move;
import hgn.tensor.RolloutProgram.Splitting;
import hgn.tensor.RolloutProgram.Stage;
import hgn.tensor.RolloutProgram.Stages;
import hgn.tensor.Shape;
import hgn.tensor.Tensor;
import hgn.tensor.TensorOps;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The formulas of a rollout and its adjoint, as single tensor operations. */
public final class NaiveRollout implements RolloutKernel {
  @Override
  public Optional<String> refusal(RolloutPlan plan, DType dtype, int batch) {
    return Optional.empty();
  }

  @Override
  public void forward(
      RolloutPlan plan, Weights weights, Tensor q, Tensor p, Tensor states, Tensor visited) {
    Network net = new Network(plan, weights);
    int batch = q.shape().dim(0);
    Tensor s = TensorOps.concat(List.of(q, p), 3);
    keep(plan, states, 0, s);
    int evaluation = 0;
    for (int t = 1; t <= plan.steps(); t++) {
      Tensor at = s;
      Tensor sum = s;
      List<double[]> factors = factors(plan);
      for (int i = 0; i < factors.size(); i++) {
        if (visited != null) {
          TensorOps.copyInto(at, visited.rows(evaluation++ * batch, batch));
        }
        Tensor flow = turned(net.gradient(at), factors.get(i)[1], factors.get(i)[2]);
        sum = glide(add(sum, flow, factors.get(i)[0]), factors.get(i)[4]);
        if (plan.program() instanceof Splitting) {
          at = sum;
        } else if (i + 1 < factors.size()) {
          at = add(s, flow, factors.get(i + 1)[3]);
        }
      }
      s = sum;
      keep(plan, states, t, s);
    }
  }

  @Override
  public void backward(
      RolloutPlan plan,
      Weights weights,
      Tensor visited,
      Tensor cotangents,
      int first,
      int end,
      Tensor state,
      List<Tensor> inputs,
      List<Tensor> deltas) {
    Network net = new Network(plan, weights);
    List<double[]> factors = factors(plan);
    int batch = state.shape().dim(0) / 2;
    Tensor g = joined(state, 0, batch, batch);
    for (int t = end - 1; t >= first; t--) {
      Tensor after = g;
      Tensor next = null;
      for (int i = factors.size() - 1; i >= 0; i--) {
        double[] f = factors.get(i);
        boolean splitting = plan.program() instanceof Splitting;
        g = glideBack(g, f[4]);
        Tensor byFlow = TensorOps.affine(splitting ? g : after, f[0], 0);
        if (!splitting && next != null) {
          byFlow = add(byFlow, next, factors.get(i + 1)[3]);
        }
        Tensor c = turnedBack(byFlow, f[1], f[2]);
        int evaluation = t * factors.size() + i;
        next =
            net.pull(
                visited.rows(evaluation * batch, batch),
                c,
                evaluation - first * factors.size(),
                inputs,
                deltas);
        g = add(g, next, 1);
      }
      int apart = (plan.steps() + 1) * batch;
      g = add(g, joined(cotangents, t * batch, apart + t * batch, batch), 1);
    }
    put(g, state, 0, batch);
  }

  /** For each evaluation: factor, whether p moves, whether q moves, reach, glide; times dt. */
  private static List<double[]> factors(RolloutPlan plan) {
    List<double[]> factors = new ArrayList<>();
    if (plan.program() instanceof Splitting splitting) {
      for (Move move : splitting.moves()) {
        double kick = move.kick() ? 1 : 0;
        factors.add(
            new double[] {move.factor() * plan.dt(), kick, 1 - kick, 0, move.glide() * plan.dt()});
      }
    } else {
      for (Stage stage : ((Stages) plan.program()).stages()) {
        factors.add(new double[] {stage.weight() * plan.dt(), 1, 1, stage.reach() * plan.dt(), 0});
      }
    }
    return factors;
  }

  /** (kick, drift) to (drift dH/dp, -kick dH/dq). */
  private static Tensor turned(Tensor dH, double kick, double drift) {
    int c = dH.shape().dim(3) / 2;
    Tensor byQ = TensorOps.slice(dH, 3, 0, c);
    Tensor byP = TensorOps.slice(dH, 3, c, c);
    return TensorOps.concat(
        List.of(TensorOps.affine(byP, drift, 0), TensorOps.affine(byQ, -kick, 0)), 3);
  }

  /** The adjoint of {@link #turned}. */
  private static Tensor turnedBack(Tensor g, double kick, double drift) {
    int c = g.shape().dim(3) / 2;
    Tensor q = TensorOps.slice(g, 3, 0, c);
    Tensor p = TensorOps.slice(g, 3, c, c);
    return TensorOps.concat(
        List.of(TensorOps.affine(p, -kick, 0), TensorOps.affine(q, drift, 0)), 3);
  }

  /** (q + factor p, p). */
  private static Tensor glide(Tensor s, double factor) {
    int c = s.shape().dim(3) / 2;
    Tensor p = TensorOps.slice(s, 3, c, c);
    return TensorOps.concat(List.of(add(TensorOps.slice(s, 3, 0, c), p, factor), p), 3);
  }

  /** The adjoint of {@link #glide}. */
  private static Tensor glideBack(Tensor g, double factor) {
    int c = g.shape().dim(3) / 2;
    Tensor q = TensorOps.slice(g, 3, 0, c);
    return TensorOps.concat(List.of(q, add(TensorOps.slice(g, 3, c, c), q, factor)), 3);
  }

  private static Tensor add(Tensor a, Tensor b, double factor) {
    return TensorOps.binary(BinaryOp.ADD, a, TensorOps.affine(b, factor, 0));
  }

  private static Tensor mul(Tensor a, Tensor b) {
    return TensorOps.binary(BinaryOp.MUL, a, b);
  }

  private static void keep(RolloutPlan plan, Tensor states, int t, Tensor s) {
    int batch = s.shape().dim(0);
    int apart = (plan.steps() + 1) * batch;
    put(s, states, t * batch, apart + t * batch);
  }

  private static void put(Tensor s, Tensor to, int rowOfQ, int rowOfP) {
    int batch = s.shape().dim(0);
    int c = s.shape().dim(3) / 2;
    TensorOps.copyInto(TensorOps.slice(s, 3, 0, c), to.rows(rowOfQ, batch));
    TensorOps.copyInto(TensorOps.slice(s, 3, c, c), to.rows(rowOfP, batch));
  }

  private static Tensor joined(Tensor from, int rowOfQ, int rowOfP, int batch) {
    return TensorOps.concat(List.of(from.rows(rowOfQ, batch), from.rows(rowOfP, batch)), 3);
  }

  /** The energy's gradient, and its vector-Jacobian product by dual numbers. */
  private record Network(RolloutPlan plan, Weights weights) {
    Tensor gradient(Tensor s) {
      List<Tensor> a = new ArrayList<>(List.of(s));
      for (int k = 0; k < layers(); k++) {
        a.add(up(k, a.get(k), weights.biases().get(k), activation(k)));
      }
      Tensor delta = null;
      for (int k = layers() - 1; k >= 0; k--) {
        Tensor y = a.get(k + 1);
        Tensor u = delta == null ? Tensor.full(y.backend(), y.dtype(), y.shape(), 1) : delta;
        delta = down(k, TensorOps.activationGrad(activation(k), u, y), a.get(k).shape());
      }
      return add(delta, mul(s, stiffness(s)), 1);
    }

    /** d&lt;dH(s), c&gt;/ds; keeps the factors of the weights' gradients. */
    Tensor pull(Tensor s, Tensor c, int index, List<Tensor> inputs, List<Tensor> deltas) {
      List<Tensor> a = new ArrayList<>(List.of(s));
      List<Tensor> tangents = new ArrayList<>(List.of(c));
      for (int k = 0; k < layers(); k++) {
        half(inputs.get(k), 0, index, a.get(k));
        half(inputs.get(k), 1, index, tangents.get(k));
        Tensor y = up(k, a.get(k), weights.biases().get(k), activation(k));
        Tensor z = up(k, tangents.get(k), null, Activation.IDENTITY);
        a.add(y);
        tangents.add(TensorOps.activationGrad(activation(k), z, y));
      }
      Tensor u = Tensor.full(s.backend(), s.dtype(), a.get(layers()).shape(), 1);
      Tensor uDot = Tensor.full(s.backend(), s.dtype(), u.shape(), 0);
      for (int k = layers() - 1; k >= 0; k--) {
        Tensor y = a.get(k + 1);
        Tensor delta = TensorOps.activationGrad(activation(k), u, y);
        Tensor deltaDot =
            add(
                mul(mul(slopeDerivative(activation(k), y), tangents.get(k + 1)), u),
                TensorOps.activationGrad(activation(k), uDot, y),
                1);
        half(deltas.get(k), 0, index, deltaDot);
        half(deltas.get(k), 1, index, delta);
        u = down(k, delta, a.get(k).shape());
        uDot = down(k, deltaDot, a.get(k).shape());
      }
      return add(uDot, mul(c, stiffness(c)), 1);
    }

    private static void half(Tensor all, int number, int index, Tensor value) {
      int batch = value.shape().dim(0);
      TensorOps.copyInto(value, all.rows(number * all.shape().dim(0) / 2 + index * batch, batch));
    }

    /** D'(y) where f' = D(y). */
    private static Tensor slopeDerivative(Activation f, Tensor y) {
      double[] values = y.toDoubles();
      for (int i = 0; i < values.length; i++) {
        double at = values[i];
        values[i] =
            switch (f) {
              case SOFTPLUS -> Math.exp(-at);
              case SIGMOID -> 1 - 2 * at;
              case TANH -> -2 * at;
              default -> 0;
            };
      }
      return Tensor.of(y.backend(), y.dtype(), y.shape(), values);
    }

    private Tensor stiffness(Tensor like) {
      int c = plan.channels();
      Shape half = Shape.of(1, 1, 1, c);
      return TensorOps.concat(
          List.of(
              Tensor.full(like.backend(), like.dtype(), half, plan.spring()),
              Tensor.full(like.backend(), like.dtype(), half, plan.kinetic())),
          3);
    }

    private Tensor up(int k, Tensor x, Tensor bias, Activation f) {
      return TensorOps.conv2d(
          x, weights.weights().get(k), bias, plan.layers().get(k).geometry(), f);
    }

    private Tensor down(int k, Tensor delta, Shape input) {
      return TensorOps.conv2dInputGrad(
          delta, weights.weights().get(k), plan.layers().get(k).geometry(), input);
    }

    private int layers() {
      return plan.layers().size();
    }

    private Activation activation(int k) {
      return plan.layers().get(k).activation();
    }
  }
}
