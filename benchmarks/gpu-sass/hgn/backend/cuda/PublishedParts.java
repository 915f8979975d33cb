package hgn.backend.cuda;

import hgn.dynamics.Leapfrog;
import hgn.model.BaseEnergy;
import hgn.model.HgnSpec;
import hgn.model.Presets;
import hgn.tensor.RolloutPlan;
import hgn.tensor.Shape;
import java.util.ArrayList;
import java.util.List;

/**
 * Prints what an evaluation of the published network consists of: a line a part, with the kernel of
 * forward.cu or backward.cu that stands for it, the warps that are busy and the times around its
 * loop. {@code PublishedParts BATCH [backward] [cluster]}.
 */
final class PublishedParts {
  private static final int MULTIPROCESSORS = 132;
  private static final int SHARED_FLOATS = (227 << 10) / Float.BYTES;

  private final RolloutLayout layout;
  private final boolean dual;
  private final int cluster;

  private PublishedParts(RolloutPlan plan, int batch, boolean dual, int cluster) {
    this.dual = dual;
    this.cluster = cluster;
    RolloutDevice device = new RolloutDevice(MULTIPROCESSORS, SHARED_FLOATS, List.of(cluster));
    layout = RolloutLayout.of(plan, batch, dual, device).orElseThrow();
  }

  public static void main(String[] args) {
    List<String> options = List.of(args);
    RolloutPlan plan = plan();
    new PublishedParts(
            plan,
            Integer.parseInt(args[0]),
            options.contains("backward"),
            options.contains("cluster") ? RolloutDevice.CLUSTER : 1)
        .print(plan);
  }

  private void print(RolloutPlan plan) {
    int own = layout.samples() * plan.height() * plan.width() * layout.ownChannels();
    if (dual) {
      pass("prepare", own);
    }
    for (int k = 0; k < layout.layers(); k++) {
      boolean last = cluster > 1 && k == layout.layers() - 1;
      String up = last ? "last" : "up";
      product(layout.up(k), layout.upTerms(k), dual ? up + "_dual" : up);
      keep(layout.image(k));
      if (cluster == 1) {
        pass(dual ? "activate_dual" : "activate", rows(k + 1) * layout.up(k).share());
      }
    }
    for (int k = layout.layers() - 1; k >= 0; k--) {
      String down = dual ? "down_dual" : "down";
      product(layout.down(k), layout.downTerms(k), k > 0 ? down : dual ? "state" : "move");
      keep(layout.image(k + 1));
      if (k > 0 && cluster == 1) {
        pass(dual ? "descend_dual" : "descend", rows(k) * layout.down(k).share());
      }
    }
    if (dual || cluster == 1) {
      pass(dual ? "pull_back" : "move", own);
    }
  }

  /** Rows of a plane of layer k's input. */
  private int rows(int k) {
    return layout.samples() * layout.image(k).dim(1) * layout.image(k).dim(2);
  }

  private void product(RolloutLayout.Product product, RolloutTile.Terms terms, String way) {
    RolloutTile tile = product.tile();
    int turns = tile.turns(product.rows(), terms);
    int units = tile.tiles() * tile.split();
    if (cluster > 1) {
      // the last warp also says what is to come
      String all = units == 8 ? "_all_" : "_";
      String size = tile.perThread() + "x" + tile.slices() + "_" + turns;
      System.out.println("cluster" + all + way + "_" + size + " " + units + " 1");
      return;
    }
    String name =
        (way.startsWith("up") ? "up_" : "down_") + tile.outputs() + "x" + tile.perThread();
    for (int left = units; left > 0; left -= 8) {
      System.out.println(name + " " + Math.min(8, left) + " " + turns);
    }
  }

  /** What is kept of the rows of an image and of their tangents. */
  private void keep(Shape image) {
    if (dual) {
      pass("keep", Math.toIntExact(image.count()) / 2 / cluster);
    }
  }

  /** A pass of threads that do one thing each, as often as they need. */
  private void pass(String name, int things) {
    for (int left = things; left > 0; left -= RolloutTile.THREADS) {
      int warps = (Math.min(left, RolloutTile.THREADS) + 31) / 32;
      System.out.println((cluster > 1 ? "cluster_" : "") + name + " " + warps + " 1");
    }
  }

  private static RolloutPlan plan() {
    HgnSpec spec = Presets.named("published", 5, BaseEnergy.NONE, 1);
    int size = spec.phaseSize();
    List<RolloutPlan.Layer> layers = new ArrayList<>();
    int inputs = 2 * spec.phaseChannels();
    for (var layer : spec.hamiltonian()) {
      Shape weight = Shape.of(layer.kernel(), layer.kernel(), inputs, layer.filters());
      layers.add(new RolloutPlan.Layer(weight, layer.geometry(), layer.activation()));
      inputs = layer.filters();
    }
    return new RolloutPlan(
        size, size, spec.phaseChannels(), layers, 0, 0, new Leapfrog().program(), 29, 0.125);
  }
}
