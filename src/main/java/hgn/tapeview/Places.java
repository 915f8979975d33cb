package hgn.tapeview;

import java.util.ArrayList;
import java.util.List;
import java.util.function.IntFunction;

/**
 * Assigns each node to a part of the computation: a section named by the caller, and a layer within
 * it, identified by its parameters' names. Nodes that a pullback records belong to the same part as
 * the node that it differentiates.
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

  /** Called when gradients are complete that are not part of others. */
  void gradientsAreThere() {
    if (next != null) {
      section = next;
      next = null;
    }
  }

  /** Adds a leaf, which belongs to the part that uses it. */
  void addLeaf() {
    places.add("");
  }

  /** Adds a node that the pullback of another node recorded; returns its part. */
  String addPullbackOf(int number) {
    return entered(places.get(number));
  }

  /**
   * Adds a value; returns its part: that of its parameters, or otherwise of its inputs.
   *
   * @param inputs numbers of the nodes that it is computed from
   * @param parameterName name of an input; empty if it is not a parameter
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

  /** The part of a parameter's name before its role. */
  private static String layer(String name) {
    return name.substring(0, Math.max(0, name.lastIndexOf('.')));
  }
}
