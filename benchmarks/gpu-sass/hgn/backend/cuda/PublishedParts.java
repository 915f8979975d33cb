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
    boolean dual = args[0].equals("backward");
    RolloutPlan plan = plan();
    RolloutLayout layout =
        RolloutLayout.of(plan, BATCH, dual, MULTIPROCESSORS, SHARED_FLOATS).orElseThrow();
    for (int k = 0; k < layout.layers(); k++) {
      boolean resident = layout.resident(k) >= 0;
      product(layout.up(k), layout.upTerms(k), "up", resident);
      pass("activate", layout.image(k + 1), dual);
    }
    if (dual) {
      pass("turn", layout.image(layout.layers()), dual);
    }
    for (int k = layout.layers() - 1; k >= 0; k--) {
      boolean resident = layout.resident(k) >= 0;
      product(layout.down(k), layout.downTerms(k), "down", resident);
      if (k > 0) {
        pass("descend", layout.image(k), dual);
      }
    }
    int elements = plan.height() * plan.width() * plan.channels();
    System.out.println((dual ? "pull" : "move") + " " + warps(elements) + " 1");
    if (dual) {
      System.out.println("prepare " + warps(elements) + " 1");
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

  private static void product(
      RolloutLayout.Product product, RolloutTile.Terms terms, String way, boolean resident) {
    RolloutTile tile = product.tile();
    int turns = tile.turns(product.rows(), terms);
    int warps = tile.tiles() * tile.split();
    String name = way + "_" + tile.outputs() + "x" + tile.perThread() + (resident ? "" : "_l2");
    System.out.println(name + " " + Math.min(warps, 8) + " " + turns);
  }

  /** A pass over the rows of an image, four channels at a time; dual numbers are two planes. */
  private static void pass(String name, Shape image, boolean dual) {
    int quads = image.dim(1) * image.dim(2) * ((image.dim(3) + 3) / 4);
    int samples = image.dim(0) / (dual ? 2 : 1);
    System.out.println(name + " " + warps(samples * quads) + " 1");
  }

  private static int warps(int threads) {
    return Math.min(8, (threads + 31) / 32);
  }

  private PublishedParts() {}
}
