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
 * loop.
 */
final class PublishedParts {
  private static final int BATCH = 16;
  private static final int MULTIPROCESSORS = 132;
  private static final int SHARED_FLOATS = (227 << 10) / Float.BYTES;

  public static void main(String[] args) {
    RolloutPlan plan = plan();
    RolloutLayout layout =
        RolloutLayout.of(
                plan, BATCH, false, new RolloutDevice(MULTIPROCESSORS, SHARED_FLOATS, List.of(1)))
            .orElseThrow();
    for (int k = 0; k < layout.layers(); k++) {
      product(layout.up(k), layout.upTerms(k), "up");
      pass("activate", layout.image(k + 1));
    }
    for (int k = layout.layers() - 1; k >= 0; k--) {
      product(layout.down(k), layout.downTerms(k), "down");
      if (k > 0) {
        pass("descend", layout.image(k));
      }
    }
    System.out.println("move " + warps(plan.height() * plan.width() * plan.channels()) + " 1");
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

  private static void product(RolloutLayout.Product product, RolloutTile.Terms terms, String way) {
    RolloutTile tile = product.tile();
    int turns = tile.turns(product.rows(), terms);
    String name = way + "_" + tile.outputs() + "x" + tile.perThread();
    System.out.println(name + " " + Math.min(8, tile.tiles() * tile.split()) + " " + turns);
  }

  /** A pass over the rows of an image, four channels at a time. */
  private static void pass(String name, Shape image) {
    int quads = image.dim(0) * image.dim(1) * image.dim(2) * ((image.dim(3) + 3) / 4);
    System.out.println(name + " " + warps(quads) + " 1");
  }

  private static int warps(int threads) {
    return Math.min(8, (threads + 31) / 32);
  }

  private PublishedParts() {}
}
