package hgn;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Reads the import lines of the main code and fails where one goes against the direction. */
class ImportDirectionTest {
  private static final Path SOURCES = Path.of("src/main/java");
  private static final Pattern IMPORT =
      Pattern.compile("^import (?:static )?(hgn\\.\\w+(?:\\.(?:jvm|cpu|cuda))?|jcuda)\\b.*");

  /** For each package, the packages of this project that it may import beside itself. */
  private static final Map<String, Set<String>> ALLOWED =
      Map.ofEntries(
          Map.entry("hgn.random", Set.of()),
          Map.entry("hgn.tensor", Set.of("hgn.random")),
          Map.entry("hgn.backend.jvm", Set.of("hgn.tensor", "hgn.random")),
          Map.entry("hgn.backend.cpu", Set.of("hgn.tensor", "hgn.random")),
          Map.entry("hgn.backend.cuda", Set.of("hgn.tensor", "hgn.random")),
          Map.entry("hgn.autograd", Set.of("hgn.tensor", "hgn.random")),
          Map.entry("hgn.nn", Set.of("hgn.tensor", "hgn.random", "hgn.autograd")),
          Map.entry("hgn.model", Set.of("hgn.tensor", "hgn.autograd", "hgn.nn")),
          Map.entry("hgn.verify", Set.of("hgn.tensor", "hgn.autograd", "hgn.model")),
          Map.entry("hgn.graph", Set.of("hgn.tensor", "hgn.autograd", "hgn.nn", "hgn.model")),
          Map.entry("hgn.trace", Set.of("hgn.tensor", "hgn.autograd")),
          Map.entry("hgn.flow", Set.of("hgn.tensor", "hgn.autograd", "hgn.nn")),
          Map.entry("hgn.density", Set.of("hgn.random", "hgn.text")),
          Map.entry("hgn.text", Set.of()),
          Map.entry("hgn.metrics", Set.of()),
          Map.entry("hgn.physics", Set.of("hgn.random", "hgn.text")),
          Map.entry(
              "hgn.mechanics",
              Set.of("hgn.tensor", "hgn.random", "hgn.autograd", "hgn.physics", "hgn.text")),
          Map.entry("hgn.frames", Set.of("hgn.random", "hgn.physics")),
          Map.entry("hgn.floor", Set.of("hgn.random", "hgn.physics", "hgn.frames")),
          Map.entry(
              "hgn.report",
              Set.of(
                  "hgn.files",
                  "hgn.images",
                  "hgn.films",
                  "hgn.train",
                  "hgn.frames",
                  "hgn.physics",
                  "hgn.model",
                  "hgn.verify",
                  "hgn.random",
                  "hgn.density")),
          Map.entry("hgn.files", Set.of()),
          Map.entry("hgn.images", Set.of()),
          Map.entry("hgn.safetensors", Set.of("hgn.tensor", "hgn.text", "hgn.files")),
          Map.entry(
              "hgn.films",
              Set.of(
                  "hgn.files",
                  "hgn.text",
                  "hgn.random",
                  "hgn.tensor",
                  "hgn.physics",
                  "hgn.frames",
                  "hgn.images",
                  "hgn.safetensors")),
          Map.entry(
              "hgn.train",
              Set.of(
                  "hgn.tensor",
                  "hgn.random",
                  "hgn.autograd",
                  "hgn.nn",
                  "hgn.model",
                  "hgn.flow",
                  "hgn.density",
                  "hgn.physics",
                  "hgn.frames",
                  "hgn.films",
                  "hgn.safetensors",
                  "hgn.text",
                  "hgn.files")),
          Map.entry(
              "hgn.bench",
              Set.of(
                  "hgn.tensor",
                  "hgn.random",
                  "hgn.autograd",
                  "hgn.nn",
                  "hgn.model",
                  "hgn.physics",
                  "hgn.frames",
                  "hgn.train")),
          Map.entry(
              "hgn.evaluate",
              Set.of(
                  "hgn.autograd",
                  "hgn.tensor",
                  "hgn.model",
                  "hgn.physics",
                  "hgn.frames",
                  "hgn.train",
                  "hgn.metrics",
                  "hgn.nn",
                  "hgn.verify",
                  "hgn.report")),
          Map.entry(
              "hgn.reproduce",
              Set.of(
                  "hgn.files",
                  "hgn.text",
                  "hgn.safetensors",
                  "hgn.tensor",
                  "hgn.physics",
                  "hgn.frames",
                  "hgn.floor",
                  "hgn.train",
                  "hgn.evaluate",
                  "hgn.report")),
          Map.entry(
              "hgn.cli",
              Set.of(
                  "hgn.bench",
                  "hgn.graph",
                  "hgn.trace",
                  "hgn.evaluate",
                  "hgn.reproduce",
                  "hgn.tensor",
                  "hgn.random",
                  "hgn.autograd",
                  "hgn.nn",
                  "hgn.model",
                  "hgn.flow",
                  "hgn.density",
                  "hgn.physics",
                  "hgn.frames",
                  "hgn.films",
                  "hgn.floor",
                  "hgn.train",
                  "hgn.metrics",
                  "hgn.mechanics",
                  "hgn.report",
                  "hgn.verify",
                  "hgn.text",
                  "hgn.files")));

  @Test
  void importsGoOneWay() throws IOException {
    List<String> breaches = new ArrayList<>();
    int files = 0;
    for (Path file : sources()) {
      files++;
      String from = packageOf(file);
      for (String line : Files.readAllLines(file)) {
        Matcher matcher = IMPORT.matcher(line);
        if (matcher.matches() && !mayImport(from, matcher.group(1))) {
          breaches.add(file + ": " + line);
        }
      }
    }
    assertTrue(files > 50, "only " + files + " source files were found");
    assertEquals(List.of(), breaches);
  }

  private static boolean mayImport(String from, String to) {
    if (to.equals("jcuda")) {
      return from.equals("hgn.backend.cuda");
    }
    return from.equals(to) || ALLOWED.getOrDefault(from, Set.of()).contains(to);
  }

  @Test
  void onlyTheCommandLinePrintsAndExits() throws IOException {
    Pattern printing = Pattern.compile(".*(System\\.(out|err|exit)|printStackTrace\\().*");
    List<String> breaches = new ArrayList<>();
    for (Path file : sources()) {
      if (!packageOf(file).equals("hgn.cli")) {
        for (String line : Files.readAllLines(file)) {
          if (printing.matcher(line).matches()) {
            breaches.add(file + ": " + line);
          }
        }
      }
    }
    assertEquals(List.of(), breaches);
  }

  private static List<Path> sources() throws IOException {
    try (Stream<Path> files = Files.walk(SOURCES)) {
      return files.filter(file -> file.toString().endsWith(".java")).sorted().toList();
    }
  }

  /** The package as the table has it: sub-packages count as their parent, backends each alone. */
  private static String packageOf(Path file) {
    Path relative = SOURCES.relativize(file);
    String name = "hgn." + relative.getName(1);
    return name.equals("hgn.backend") ? name + "." + relative.getName(2) : name;
  }
}
