package hgn.tapeview;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;

/**
 * A layered layout: arrows lead from a box to one in a lower layer, with a point in every layer
 * that they cross. Arrows from the same box share their points.
 *
 * <p>Places 0 to n - 1 are the boxes, later ones points.
 */
final class Layers {
  private final int boxes;
  private final int[] layerOf;
  private final List<List<Integer>> below = new ArrayList<>();
  private final List<List<Integer>> above = new ArrayList<>();
  private final List<List<Integer>> layers = new ArrayList<>();
  private final List<Integer> sources = new ArrayList<>();

  /**
   * Assigns boxes to layers.
   *
   * @param boxes number of boxes; each comes after the sources of its arrows
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

  /** Moves boxes down towards their uses where that does not make arrows longer in total. */
  private void lower(List<List<Integer>> from, List<List<Integer>> to) {
    for (int box = boxes - 1; box >= 0; box--) {
      if (!to.get(box).isEmpty() && moving(from.get(box), from) <= to.get(box).size()) {
        layerOf[box] =
            to.get(box).stream().mapToInt(target -> layerOf[target]).min().getAsInt() - 1;
      }
    }
  }

  /** Counts the boxes that cannot move along, since they have boxes above them. */
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

  /** The places in each layer from left to right; callers may reorder the lists. */
  List<List<Integer>> layers() {
    return layers;
  }

  /** The places in the layer below that this one leads to. */
  List<Integer> below(int place) {
    return below.get(place);
  }

  /** The places in the layer above that lead to this one. */
  List<Integer> above(int place) {
    return above.get(place);
  }

  /** Whether the place is a point of an arrow rather than a box. */
  boolean isPoint(int place) {
    return place >= boxes;
  }

  /** Returns the source box of a point's arrows; for a box, itself. */
  int source(int place) {
    return sources.get(place);
  }

  /** Number of boxes and points. */
  int size() {
    return below.size();
  }
}
