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
  private static final int LAYER_INTS = 92;

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
      sum += packedFloats(layout, k);
    }
    return sum;
  }

  private static int packedFloats(RolloutLayout layout, int k) {
    return packedWeights(layout, k) + layout.row(k + 1);
  }

  /** Of layer k, in floats; the bias follows. */
  private static int packedWeights(RolloutLayout layout, int k) {
    return layout.cluster() == 1
        ? layout.weightFloats(k)
        : shareFloats(layout, layout.up(k)) + shareFloats(layout, layout.down(k));
  }

  /** Weights of a product for all blocks of a cluster, in floats. */
  private static int shareFloats(RolloutLayout layout, RolloutLayout.Product product) {
    return 4 * product.weightQuads() * layout.cluster();
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
      place += packedFloats(layout, k);
    }
    ints(to, new int[(MOST_LAYERS - layout.layers()) * LAYER_INTS]);
    ints(to, layout.layers(), batch, layout.samples(), plan.height() * plan.width());
    divisor(to, plan.channels());
    divisor(to, layout.ownChannels());
    ints(to, plan.steps(), first, end);
    program(to);
    to.putFloat((float) plan.kinetic()).putFloat((float) plan.spring());
    ints(
        to,
        layout.zeros(),
        layout.mail(),
        layout.own(),
        layout.buffer(0),
        layout.work(),
        layout.partial(),
        layout.floats());
  }

  private void layer(ByteBuffer to, int k, int place) {
    RolloutPlan.Layer layer = plan.layers().get(k);
    Shape in = layout.image(k);
    Shape out = layout.image(k + 1);
    int quads = layout.row(k + 1) / 4;
    // with 2^j the largest power of two, up to 8, in the quads of a row
    int j = Math.min(3, Integer.numberOfTrailingZeros(quads));
    boolean resident = layout.resident(k) >= 0;
    ints(to, quads, layout.row(k) - 1, 3 - j, resident ? layout.resident(k) : place);
    ints(to, planeQuads(in), planeQuads(out), layout.buffer(k), layout.buffer(k + 1));
    ints(to, layout.bias(k), layer.activation().ordinal(), resident ? 1 : 0, place);
    ints(to, place + packedWeights(layout, k));
    divisor(to, in.dim(3));
    divisor(to, out.dim(3));
    ints(
        to,
        layer.weight().dim(0),
        layer.weight().dim(1),
        layer.geometry().stride(),
        layer.geometry().top(),
        layer.geometry().left());
    ints(to, in.dim(1), in.dim(2), layout.row(k));
    ints(to, out.dim(1), out.dim(2), layout.row(k + 1));
    int taps = layer.weight().dim(0) * layer.weight().dim(1);
    product(to, layout.up(k), taps, planeRows(out), place);
    int afterUp = place + shareFloats(layout, layout.up(k));
    product(to, layout.down(k), taps, planeRows(in), afterUp);
  }

  /** Quads of channels of the samples of a block, without tangents. */
  private int planeQuads(Shape image) {
    return planeRows(image) * ((image.dim(3) + 3) / 4);
  }

  private int planeRows(Shape image) {
    return layout.samples() * image.dim(1) * image.dim(2);
  }

  /** Writes a product whose result has so many rows in each plane. */
  private void product(
      ByteBuffer to, RolloutLayout.Product product, int taps, int rows, int packedAt) {
    RolloutTile tile = product.tile();
    int quads = product.quads();
    ints(to, tile.tiles(), log2(tile.split()), log2(tile.lanes()), tile.paddedColumns());
    divisor(to, quads);
    ints(to, tile.slices() % quads, tile.slices() / quads);
    divisor(to, tile.columnGroups());
    ints(to, layout.tables() / 2 + product.lists(), taps);
    ints(to, 2 * layout.tables() + product.sources(), 2 * layout.tables() + product.places());
    ints(to, tile.paddedRows(), tile.paddedRows() * tile.paddedColumns());
    ints(to, tile.outputs(), tile.perThread(), product.rows());
    divisor(to, product.share());
    ints(to, rows, product.tapQuads(), log2(tile.columnLanes()));
    ints(to, product.weights(), product.weightQuads(), packedAt);
    RolloutTables.Errands errands = product.errands();
    ints(to, layout.tables() + errands.terms(), layout.tables() + errands.weights());
    ints(to, errands.padded());
    ints(to, layout.tables() + errands.threads(), product.keptPlanes());
  }

  private static int log2(int powerOfTwo) {
    return Integer.numberOfTrailingZeros(powerOfTwo);
  }

  /** Writes a number by which the kernel divides, and what it multiplies by to do so. */
  static void divisor(ByteBuffer to, int number) {
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
