package hgn.testing.golden;

import com.fasterxml.jackson.databind.JsonNode;
import hgn.data.Batch;
import hgn.data.Window;
import hgn.dynamics.Integrator;
import hgn.dynamics.Leapfrog;
import hgn.dynamics.PublishedLeapfrog;
import hgn.loss.Geco;
import hgn.model.BaseEnergy;
import hgn.model.Hgn;
import hgn.model.HgnSpec;
import hgn.nn.ConvSpec;
import hgn.tensor.Activation;
import hgn.tensor.Conv2dGeometry;
import hgn.tensor.Shape;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** The model, data and settings that the {@code hgn_*} cases describe in their metadata. */
public final class ReferenceModel {
  private final Golden golden;

  public ReferenceModel(Golden golden) {
    this.golden = golden;
  }

  /** The model with the case's parameters. */
  public Hgn load(Engine engine) {
    LeakingLeapfrog leaking = new LeakingLeapfrog();
    Integrator integrator =
        golden.name().endsWith("_hamilton")
            ? new Leapfrog()
            : golden.name().endsWith("_partial") ? new PublishedLeapfrog() : leaking;
    Hgn model = new Hgn(spec(), integrator, engine.backend(), engine.dtype(), 0);
    leaking.follow(model.energy().orElseThrow());
    ReferenceNames.load(model.parameters(), GoldenParameters.of(golden), "");
    return model;
  }

  private HgnSpec spec() {
    JsonNode networks = golden.json("networks");
    JsonNode encoder = networks.get("encoder");
    JsonNode transformer = networks.get("transformer");
    JsonNode hamiltonian = networks.get("hamiltonian");
    List<ConvSpec> trunk = new ArrayList<>();
    encoder.get("n_filters").forEach(n -> trunk.add(ConvSpec.same(n.asInt(), 1, Activation.RELU)));
    List<ConvSpec> toState = new ArrayList<>();
    transformer
        .get("n_filters")
        .forEach(n -> toState.add(ConvSpec.same(n.asInt(), 2, Activation.RELU)));
    int phase = 2 * transformer.get("out_channels").asInt();
    toState.add(ConvSpec.same(phase, 2, Activation.RELU));
    List<Integer> blocks = new ArrayList<>();
    networks.get("decoder").get("n_filters").forEach(n -> blocks.add(n.asInt()));
    return new HgnSpec(
        32,
        3,
        window().framesIn(),
        trunk,
        encoder.get("out_channels").asInt(),
        toState,
        hamiltonian(hamiltonian),
        BaseEnergy.NONE,
        1,
        blocks,
        Activation.SIGMOID);
  }

  private static List<ConvSpec> hamiltonian(JsonNode json) {
    List<ConvSpec> layers = new ArrayList<>();
    JsonNode filters = json.get("n_filters");
    for (int i = 0; i <= filters.size(); i++) {
      boolean last = i == filters.size();
      JsonNode pad = json.get("paddings").get(i);
      Conv2dGeometry geometry =
          last || pad.isInt()
              ? Conv2dGeometry.symmetric(
                  last ? 1 : json.get("strides").get(i).asInt(), last ? 0 : pad.asInt())
              : new Conv2dGeometry(
                  json.get("strides").get(i).asInt(),
                  pad.get(2).asInt(),
                  pad.get(3).asInt(),
                  pad.get(0).asInt(),
                  pad.get(1).asInt());
      int kernel = last ? 2 : json.get("kernel_sizes").get(i).asInt();
      layers.add(
          new ConvSpec(last ? 1 : filters.get(i).asInt(), kernel, geometry, Activation.SOFTPLUS));
    }
    return layers;
  }

  public Window window() {
    int framesIn = golden.attributes().get("input_frames").asInt();
    return Window.fromLast(framesIn, golden.attributes().get("predicted").asInt() + 1);
  }

  public double dt() {
    return golden.attributes().get("dt").asDouble();
  }

  public double rate() {
    return golden.attributes().get("lr").get("encoder").asDouble();
  }

  public Geco geco(Engine engine) {
    JsonNode json = golden.attributes().get("geco");
    Geco.Settings settings =
        new Geco.Settings(
            json.get("tol").asDouble(),
            json.get("alpha").asDouble(),
            json.get("lagrange_multiplier_param").asDouble(),
            json.get("initial_lagrange_multiplier").asDouble());
    return new Geco(settings, engine.backend(), engine.dtype());
  }

  public Batch batch() {
    GoldenArray rollout = golden.array("inputs/rollout").permute(0, 1, 3, 4, 2);
    Shape shape = rollout.shape();
    float[][] films = new float[shape.dim(0)][(int) shape.inner(0)];
    for (int n = 0; n < films.length; n++) {
      double[] film = rollout.row(n).values();
      for (int i = 0; i < film.length; i++) {
        films[n][i] = (float) film[i];
      }
    }
    return Batch.of(films, shape.dim(2), shape.dim(4), window());
  }

  /** The noise of step {@code k}, counted from 0; cases that store one set use it in every step. */
  public double[] noise(int k) {
    String name = golden.has("inputs/eps_" + k) ? "inputs/eps_" + k : "inputs/eps_0";
    return golden.array(name).nchwToNhwc().values();
  }

  @Override
  public String toString() {
    return golden.name() + Arrays.toString(golden.array("inputs/rollout").shape().dims());
  }
}
