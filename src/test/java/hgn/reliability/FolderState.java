package hgn.reliability;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import hgn.files.AtomicFile;
import hgn.files.FolderLock;
import hgn.safetensors.SafetensorsFile;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import java.util.zip.CRC32C;
import javax.imageio.ImageIO;

/** What a program has left in a folder. */
final class FolderState {
  private static final ObjectMapper JSON = new ObjectMapper();

  private FolderState() {}

  /**
   * Checks that every file is whole, whatever happened to those who wrote it.
   *
   * @throws IOException naming the first that is not
   */
  static void requireWhole(Path folder) throws IOException {
    for (Path file : files(folder)) {
      try {
        requireWholeFile(file);
      } catch (IOException | RuntimeException damaged) {
        throw new IOException(file + " is damaged: " + damaged.getMessage(), damaged);
      }
    }
  }

  private static void requireWholeFile(Path file) throws IOException {
    String name = file.getFileName().toString();
    if (name.endsWith(".safetensors")) {
      try (SafetensorsFile whole = SafetensorsFile.open(file)) {
        for (String tensor : whole.tensors().keySet()) {
          whole.entry(tensor);
        }
      }
    } else if (name.endsWith(".json")) {
      JSON.readTree(file.toFile());
    } else if (name.endsWith(".jsonl")) {
      String text = Files.readString(file);
      for (String line : text.substring(0, text.lastIndexOf('\n') + 1).lines().toList()) {
        JSON.readTree(line);
      }
    } else if (name.endsWith(".png") || name.endsWith(".gif")) {
      if (ImageIO.read(file.toFile()) == null) {
        throw new IOException("it is no picture");
      }
    } else if (name.endsWith(".html") && !Files.readString(file).strip().endsWith("</html>")) {
      throw new IOException("its end is missing");
    }
  }

  /** A checksum of every file that is the same each time, by its path in the folder. */
  static SortedMap<String, String> reproducible(Path folder) throws IOException {
    SortedMap<String, String> sums = new TreeMap<>();
    for (Path file : files(folder)) {
      if (!Work.VARYING.contains(file.getFileName().toString())) {
        sums.put(folder.relativize(file).toString(), checksum(content(file)));
      }
    }
    return sums;
  }

  /** The files of which the checksums differ, or which only one of the two has. */
  static List<String> differences(Map<String, String> expected, Map<String, String> found) {
    Set<String> names = new TreeSet<>(expected.keySet());
    names.addAll(found.keySet());
    return names.stream()
        .filter(name -> !Objects.equals(expected.get(name), found.get(name)))
        .map(name -> name + ": " + found.get(name) + " instead of " + expected.get(name))
        .toList();
  }

  private static byte[] content(Path file) throws IOException {
    byte[] bytes = Files.readAllBytes(file);
    if (!file.toString().endsWith(".json")) {
      return bytes;
    }
    JsonNode tree = JSON.readTree(bytes);
    if (tree instanceof ObjectNode object) {
      List<String> names = List.copyOf(object.properties()).stream().map(e -> e.getKey()).toList();
      names.stream().filter(key -> key.matches(Work.VARYING_KEYS)).forEach(object::remove);
    }
    return tree.toString().getBytes(StandardCharsets.UTF_8);
  }

  private static String checksum(byte[] bytes) {
    CRC32C sum = new CRC32C();
    sum.update(bytes);
    return bytes.length + " bytes " + Long.toHexString(sum.getValue());
  }

  /**
   * All files but those that were never finished, which the program does not read, and those in
   * which a Java machine without memory tells of its own end.
   */
  private static List<Path> files(Path folder) throws IOException {
    try (Stream<Path> all = Files.walk(folder)) {
      return all.filter(Files::isRegularFile)
          .filter(file -> !AtomicFile.isUnfinished(file) && !FolderLock.isHidden(file))
          .filter(file -> !file.toString().endsWith(".part"))
          .filter(file -> !file.getFileName().toString().matches("(hs_err|replay)_pid\\d+\\.log"))
          .sorted()
          .toList();
    }
  }
}
