package hgn.backend.cuda;

import hgn.tensor.RolloutPlan;
import hgn.tensor.RolloutProgram.Move;
import hgn.tensor.RolloutProgram.Splitting;
import hgn.tensor.RolloutProgram.Stage;
import hgn.tensor.RolloutProgram.Stages;
import hgn.tensor.Shape;
import hgn.tensor.Tensor;
import java.nio.ByteBuffer;
import java.util.List;

/** Writes the struct Rollout of kernels/rollout.cuh. */
final class RolloutLaunch implements Arguments.Struct {
  /** Most layers that the struct has room for. */
  static final int MOST_LAYERS = 8;

  /** Number of members of the struct Layer, of four bytes each. */
  private static final int LAYER_INTS = 58;

  /** Most evaluations of a step that the struct has room for. */
  static final int MOST_MOVES = 16;

  private final RolloutPlan plan;
  private final RolloutLayout layout;
  private final int batch;
  private Tensor q;
  private Tensor p;
  private Tensor states;
  private Tensor visited;
  private Tensor cotangent;
  private Floats packed;
  private List<Tensor> weights = List.of();
  private List<Tensor> biases = List.of();
  private List<Tensor> inputs = List.of();
  private List<Tensor> deltas = List.of();
  private int first;
  private int end;

  RolloutLaunch(RolloutPlan plan, RolloutLayout layout, int batch) {
    this.plan = plan;
    this.layout = layout;
    this.batch = batch;
  }

  RolloutLaunch start(Tensor startQ, Tensor startP) {
    q = startQ;
    p = startP;
    return this;
  }

  /**
   * Sets all states, or their cotangents, and the states at which dH is evaluated, which may be
   * null.
   */
  RolloutLaunch states(Tensor all, Tensor ofEvaluations) {
    states = all;
    visited = ofEvaluations;
    return this;
  }

  RolloutLaunch weights(List<Tensor> ofLayers, List<Tensor> biasesOfLayers, Floats room) {
    weights = ofLayers;
    biases = biasesOfLayers;
    packed = room;
    return this;
  }

  RolloutLaunch part(int firstStep, int endStep, Tensor byState) {
    first = firstStep;
    end = endStep;
    cotangent = byState;
    return this;
  }

  RolloutLaunch kept(List<Tensor> inputsOfLayers, List<Tensor> deltasOfLayers) {
    inputs = inputsOfLayers;
    deltas = deltasOfLayers;
    return this;
  }

  /** Size of all packed weights and biases, in floats. */
  static int packedFloats(RolloutLayout layout) {
    int sum = 0;
    for (int k = 0; k < layout.layers(); k++) {
      sum += layout.weightFloats(k) + layout.row(k + 1);
    }
    return sum;
  }

  @Override
  public void write(ByteBuffer to) {
    for (Tensor tensor : new Tensor[] {q, p, states, visited, cotangent}) {
      to.putLong(address(tensor));
    }
    to.putLong(packed.address());
    for (List<Tensor> tensors : List.of(weights, biases, inputs, deltas)) {
      for (int k = 0; k < MOST_LAYERS; k++) {
        to.putLong(k < tensors.size() ? address(tensors.get(k)) : 0);
      }
    }
    int place = 0;
    for (int k = 0; k < layout.layers(); k++) {
      layer(to, k, place);
      place += layout.weightFloats(k) + layout.row(k + 1);
    }
    ints(to, new int[(MOST_LAYERS - layout.layers()) * LAYER_INTS]);
    ints(to, layout.layers(), batch, layout.samples(), plan.height() * plan.width());
    divisor(to, plan.channels());
    ints(to, plan.steps(), first, end);
    program(to);
    to.putFloat((float) plan.kinetic()).putFloat((float) plan.spring());
    ints(
        to,
        layout.zeros(),
        layout.buffer(0),
        layout.work(),
        layout.tables(),
        layout.partial(),
        layout.floats());
  }

  private void layer(ByteBuffer to, int k, int place) {
    RolloutPlan.Layer layer = plan.layers().get(k);
    ints(
        to,
        layer.weight().dim(0),
        layer.weight().dim(1),
        layer.geometry().stride(),
        layer.geometry().top(),
        layer.geometry().left());
    rows(to, layout.image(k), layout.row(k));
    rows(to, layout.image(k + 1), layout.row(k + 1));
    ints(to, layer.activation().ordinal(), layout.buffer(k), layout.buffer(k + 1));
    ints(to, place, layout.resident(k), layout.bias(k));
    // with 2^j the largest power of two, up to 8, in the quads of a row
    int j = Math.min(3, Integer.numberOfTrailingZeros(layout.row(k + 1) / 4));
    ints(to, 3 - j);
    product(to, layout.up(k));
    product(to, layout.down(k));
  }

  private static void rows(ByteBuffer to, Shape image, int row) {
    ints(to, image.dim(1), image.dim(2));
    divisor(to, image.dim(3));
    ints(to, row);
  }

  private static void product(ByteBuffer to, RolloutLayout.Product product) {
    RolloutTile tile = product.tile();
    int quads = product.quads();
    ints(to, product.rows(), tile.paddedRows());
    divisor(to, quads);
    ints(to, tile.paddedColumns(), tile.outputs(), tile.perThread());
    ints(to, log2(tile.lanes()), tile.split(), log2(tile.split()));
    ints(to, tile.slices() / quads, tile.slices() % quads);
    divisor(to, tile.columnGroups());
    ints(to, tile.tiles(), product.sources(), product.places(), product.lists());
  }

  private static int log2(int powerOfTwo) {
    return Integer.numberOfTrailingZeros(powerOfTwo);
  }

  /** Writes a number by which the kernel divides, and what it multiplies by to do so. */
  private static void divisor(ByteBuffer to, int number) {
    ints(to, number, (int) (((1L << 31) + number - 1) / number));
  }

  /** Writes the integrator's step, its coefficients multiplied by dt. */
  private void program(ByteBuffer to) {
    int[] kick = new int[MOST_MOVES];
    float[] factor = new float[MOST_MOVES];
    float[] reach = new float[MOST_MOVES];
    boolean splitting = plan.program() instanceof Splitting;
    for (int i = 0; i < plan.program().evaluations(); i++) {
      if (plan.program() instanceof Splitting moves) {
        Move move = moves.moves().get(i);
        kick[i] = move.kick() ? 1 : 0;
        factor[i] = (float) (plan.dt() * move.factor());
        reach[i] = (float) (plan.dt() * move.glide());
      } else {
        Stage stage = ((Stages) plan.program()).stages().get(i);
        factor[i] = (float) (plan.dt() * stage.weight());
        reach[i] = (float) (plan.dt() * stage.reach());
      }
    }
    ints(to, splitting ? 1 : 0, plan.program().evaluations());
    ints(to, kick);
    for (float[] numbers : List.of(factor, reach)) {
      for (float number : numbers) {
        to.putFloat(number);
      }
    }
  }

  private static void ints(ByteBuffer to, int... values) {
    for (int value : values) {
      to.putInt(value);
    }
  }

  private static long address(Tensor tensor) {
    return tensor == null ? 0 : Floats.of(tensor).address();
  }
}
