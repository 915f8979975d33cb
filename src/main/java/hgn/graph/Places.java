package hgn.graph;

import java.util.ArrayList;
import java.util.List;
import java.util.function.IntFunction;

/**
 * Where in the computation each node belongs: a section that the caller names, and a layer within
 * it, known by its parameters' names. What a pullback records belongs to where the node does that
 * it goes back through.
 */
final class Places {
  private final List<String> places = new ArrayList<>();
  private String section = "";
  private String next;

  void section(String name) {
    section = name;
  }

  void sectionAfterGradients(String name) {
    next = name;
  }

  /** Gradients are there, and are not part of others. */
  void gradientsAreThere() {
    if (next != null) {
      section = next;
      next = null;
    }
  }

  /** Enters a leaf, which belongs to where it is used. */
  void addLeaf() {
    places.add("");
  }

  /** Enters a node that the pullback of another one recorded; gives its place. */
  String addPullbackOf(int number) {
    return entered(places.get(number));
  }

  /**
   * Enters a value; gives its place: that of its parameters, or else of what it is computed from.
   *
   * @param inputs numbers of the nodes that it is computed from
   * @param parameterName of an input; empty if it is no parameter
   */
  String addValue(List<Integer> inputs, IntFunction<String> parameterName) {
    for (int input : inputs) {
      String layer = layer(parameterName.apply(input));
      if (!layer.isEmpty()) {
        return entered(section.isEmpty() ? layer : section + ", " + layer);
      }
    }
    for (int input : inputs) {
      if (!places.get(input).isEmpty() && inSection(places.get(input))) {
        return entered(places.get(input));
      }
    }
    return entered(section.isEmpty() ? "tape" : section);
  }

  private String entered(String place) {
    places.add(place);
    return place;
  }

  private boolean inSection(String place) {
    return section.isEmpty() || place.equals(section) || place.startsWith(section + ", ");
  }

  /** What of a parameter's name is before its role. */
  private static String layer(String name) {
    return name.substring(0, Math.max(0, name.lastIndexOf('.')));
  }
}
