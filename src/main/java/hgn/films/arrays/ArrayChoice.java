package hgn.films.arrays;

import hgn.files.StorageException;
import hgn.text.Hints;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Selects the array of a file that holds the films. */
public final class ArrayChoice {
  private static final int MIN_AXES = 3;
  private static final int MAX_AXES = 5;
  private static final int MAX_STATES = 3;

  private ArrayChoice() {}

  /**
   * Returns the requested array, or the only one that can be films.
   *
   * @param shapes shapes of all arrays, by name
   * @param key the requested name; empty for none
   * @throws StorageException if there is no such array, or more than one
   */
  public static String of(Path file, Map<String, long[]> shapes, String key) {
    if (!key.isEmpty()) {
      if (!shapes.containsKey(key)) {
        throw new StorageException(
            file,
            "it has no array '" + key + "'",
            shapes.isEmpty()
                ? "it has none at all"
                : "did you mean '" + Hints.nearest(key, shapes.keySet()) + "'?");
      }
      return key;
    }
    List<String> possible =
        shapes.entrySet().stream()
            .filter(entry -> canBeFilms(entry.getValue()))
            .map(Map.Entry::getKey)
            .toList();
    if (possible.size() == 1) {
      return possible.get(0);
    }
    if (possible.isEmpty()) {
      throw new StorageException(
          file,
          shapes.isEmpty()
              ? "it holds no arrays itself, and links are not followed"
              : "none of its arrays can be films: " + described(shapes),
          "films are of (N,T,H,W,C), (N,T,H,W), (T,H,W,C) or (T,H,W)");
    }
    throw new StorageException(
        file,
        "several of its arrays can be films: " + String.join(", ", possible),
        "choose one with --set data.films-key=" + possible.get(0));
  }

  /** Excludes states, which also have three axes but a short last one. */
  private static boolean canBeFilms(long[] shape) {
    return shape.length >= MIN_AXES
        && shape.length <= MAX_AXES
        && (shape.length > MAX_STATES || shape[2] > MAX_AXES);
  }

  private static String described(Map<String, long[]> shapes) {
    return shapes.entrySet().stream()
        .map(entry -> entry.getKey() + " " + Arrays.toString(entry.getValue()))
        .collect(Collectors.joining(", "));
  }
}
