package hgn.tapeview;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.IntFunction;

/**
 * Reorders layers to reduce crossings of arrows by the barycentre method: each place moves to the
 * mean of its neighbours in the previous layer, going down and up in turn, and the best order found
 * is kept.
 */
final class Crossings {
  private static final int SWEEPS = 24;

  private final Layers layers;
  private final double[] position;

  private Crossings(Layers layers) {
    this.layers = layers;
    this.position = new double[layers.size()];
  }

  /** Reorders the layers. */
  static void reduce(Layers layers) {
    new Crossings(layers).sweep();
  }

  private void sweep() {
    layers.layers().forEach(this::number);
    List<List<Integer>> best = copy();
    long fewest = count();
    for (int sweep = 0; sweep < SWEEPS && fewest > 0; sweep++) {
      int depth = layers.layers().size();
      for (int i = 1; i < depth; i++) {
        boolean down = sweep % 2 == 0;
        order(layers.layers().get(down ? i : depth - 1 - i), down ? layers::above : layers::below);
      }
      long crossings = count();
      if (crossings < fewest) {
        fewest = crossings;
        best = copy();
      }
    }
    for (int i = 0; i < best.size(); i++) {
      layers.layers().set(i, best.get(i));
    }
  }

  private List<List<Integer>> copy() {
    List<List<Integer>> copy = new ArrayList<>();
    layers.layers().forEach(layer -> copy.add(new ArrayList<>(layer)));
    return copy;
  }

  private void number(List<Integer> layer) {
    for (int i = 0; i < layer.size(); i++) {
      position[layer.get(i)] = i;
    }
  }

  private void order(List<Integer> layer, IntFunction<List<Integer>> neighbours) {
    double[] wanted = new double[layers.size()];
    for (int place : layer) {
      wanted[place] =
          neighbours.apply(place).stream()
              .mapToDouble(other -> position[other])
              .average()
              .orElse(position[place]);
    }
    layer.sort(Comparator.comparingDouble(place -> wanted[place]));
    number(layer);
  }

  /** Counts the pairs of crossing arrows between adjacent layers. */
  private long count() {
    long crossings = 0;
    for (List<Integer> layer : layers.layers()) {
      List<double[]> arrows = new ArrayList<>();
      for (int place : layer) {
        for (int target : layers.below(place)) {
          double[] arrow = {position[place], position[target]};
          crossings +=
              arrows.stream()
                  .filter(other -> (other[0] - arrow[0]) * (other[1] - arrow[1]) < 0)
                  .count();
          arrows.add(arrow);
        }
      }
    }
    return crossings;
  }
}
