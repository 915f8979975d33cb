package hgn.files;

import com.fasterxml.jackson.databind.node.ObjectNode;

/** Writes numbers to JSON, with null for numbers that are not finite. */
public final class JsonNumbers {
  private JsonNumbers() {}

  /** Puts a number, or null if it is not finite. */
  public static void put(ObjectNode node, String key, double value) {
    if (Double.isFinite(value)) {
      node.put(key, value);
    } else {
      node.putNull(key);
    }
  }
}
