package hgn.films.records;

import hgn.files.StorageException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The file {@code features.txt} beside the records of DeepMind's Hamiltonian dynamics suite: for
 * each feature a line {@code image, (257, 32, 32, 3), uint8}.
 */
public final class FeatureList {
  public static final String NAME = "features.txt";

  private static final Pattern LINE = Pattern.compile("([^,]+),\\s*\\(([^)]*)\\),\\s*(\\S+)\\s*");

  private final Map<String, Feature> features = new LinkedHashMap<>();

  /** Shape and type of a feature. */
  record Feature(long[] shape, String type) {
    long count() {
      long count = 1;
      for (long length : shape) {
        count = Math.multiplyExact(count, length);
      }
      return count;
    }
  }

  /**
   * Reads the list.
   *
   * @throws StorageException if it is missing or has a malformed line
   */
  FeatureList(Path file) {
    try {
      for (String line : Files.readAllLines(file)) {
        if (!line.isBlank()) {
          add(line, file);
        }
      }
    } catch (IOException error) {
      throw new StorageException(file, "cannot read", error);
    }
  }

  private void add(String line, Path file) {
    Matcher matcher = LINE.matcher(line);
    try {
      if (matcher.matches()) {
        Feature feature = new Feature(shape(matcher.group(2)), matcher.group(3));
        if (feature.count() >= 0) {
          features.put(matcher.group(1).strip(), feature);
          return;
        }
      }
    } catch (NumberFormatException | ArithmeticException unreadable) {
      // rejected below
    }
    throw new StorageException(
        file,
        "this line does not describe a feature: " + line,
        "expected a line such as: image, (257, 32, 32, 3), uint8");
  }

  private static long[] shape(String words) {
    String[] parts = words.isBlank() ? new String[0] : words.strip().split("\\s*,\\s*");
    long[] shape = new long[parts.length];
    for (int i = 0; i < shape.length; i++) {
      shape[i] = Integer.parseUnsignedInt(parts[i].strip());
    }
    return shape;
  }

  /** Shapes of the features that are pictures. */
  Map<String, long[]> pictures() {
    Map<String, long[]> shapes = new LinkedHashMap<>();
    features.forEach(
        (name, feature) -> {
          if (feature.type().equals("uint8")) {
            shapes.put(name, feature.shape());
          }
        });
    return shapes;
  }

  /** Returns a feature, or null if there is none of that name. */
  Feature of(String name) {
    return features.get(name);
  }
}
