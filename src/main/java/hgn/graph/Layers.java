package hgn.graph;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;

/**
 * Boxes on layers, so that arrows lead from a layer to a lower one, with a point on every layer
 * that an arrow crosses. Arrows that leave one box share their points.
 *
 * <p>The places 0 to n - 1 are the boxes, those behind them points.
 */
final class Layers {
  private final int boxes;
  private final int[] layerOf;
  private final List<List<Integer>> below = new ArrayList<>();
  private final List<List<Integer>> above = new ArrayList<>();
  private final List<List<Integer>> layers = new ArrayList<>();
  private final List<Integer> sources = new ArrayList<>();

  /**
   * Puts boxes on layers.
   *
   * @param boxes their number; each is behind those that its arrows come from
   */
  Layers(int boxes, Collection<View.Arrow> arrows) {
    this.boxes = boxes;
    List<List<Integer>> from = lists(boxes);
    List<List<Integer>> to = lists(boxes);
    for (View.Arrow arrow : arrows) {
      to.get(arrow.from()).add(arrow.to());
      from.get(arrow.to()).add(arrow.from());
    }
    layerOf = earliest(from);
    lower(from, to);
    int count = Arrays.stream(layerOf).max().orElse(-1) + 1;
    layers.addAll(lists(count));
    for (int box = 0; box < boxes; box++) {
      add(box, layerOf[box]);
    }
    for (int box = 0; box < boxes; box++) {
      lead(box, to.get(box));
    }
  }

  private static List<List<Integer>> lists(int count) {
    List<List<Integer>> lists = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      lists.add(new ArrayList<>());
    }
    return lists;
  }

  private static int[] earliest(List<List<Integer>> from) {
    int[] layer = new int[from.size()];
    for (int box = 0; box < layer.length; box++) {
      for (int source : from.get(box)) {
        layer[box] = Math.max(layer[box], layer[source] + 1);
      }
    }
    return layer;
  }

  /** Brings boxes down to their uses where that makes arrows shorter, or no longer. */
  private void lower(List<List<Integer>> from, List<List<Integer>> to) {
    for (int box = boxes - 1; box >= 0; box--) {
      if (!to.get(box).isEmpty() && moving(from.get(box), from) <= to.get(box).size()) {
        layerOf[box] =
            to.get(box).stream().mapToInt(target -> layerOf[target]).min().getAsInt() - 1;
      }
    }
  }

  /** How many of these boxes cannot come along, since they have boxes above them. */
  private static long moving(List<Integer> sources, List<List<Integer>> from) {
    return sources.stream().filter(source -> !from.get(source).isEmpty()).count();
  }

  private int add(int source, int layer) {
    int place = below.size();
    below.add(new ArrayList<>());
    above.add(new ArrayList<>());
    sources.add(source);
    layers.get(layer).add(place);
    return place;
  }

  private void lead(int box, List<Integer> targets) {
    int last = targets.stream().mapToInt(target -> layerOf[target]).max().orElse(0);
    int at = box;
    for (int layer = layerOf[box] + 1; layer <= last; layer++) {
      for (int target : targets) {
        if (layerOf[target] == layer) {
          connect(at, target);
        }
      }
      if (layer < last) {
        int next = add(box, layer);
        connect(at, next);
        at = next;
      }
    }
  }

  private void connect(int upper, int lower) {
    below.get(upper).add(lower);
    above.get(lower).add(upper);
  }

  /** The places on each layer, from left to right; the lists may be reordered. */
  List<List<Integer>> layers() {
    return layers;
  }

  /** The places on the layer below that this one leads to. */
  List<Integer> below(int place) {
    return below.get(place);
  }

  /** The places on the layer above that lead to this one. */
  List<Integer> above(int place) {
    return above.get(place);
  }

  /** Whether it is a point of an arrow and no box. */
  boolean isPoint(int place) {
    return place >= boxes;
  }

  /** The box that a point's arrows come from; a box itself. */
  int source(int place) {
    return sources.get(place);
  }

  /** Number of boxes and points. */
  int size() {
    return below.size();
  }
}
