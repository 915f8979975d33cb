package hgn;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.PathMatcher;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * Holds README.md and the pages to the repository: every relative link, every path and every class
 * that they name exists, and the package map is complete and in the order of imports. {@link
 * SiteLinks} follows the links of the rendered site.
 */
class DocumentLinksTest {
  private static final Path PAGES = Path.of("src/site/markdown");
  private static final Path SOURCES = Path.of("src/main/java");
  private static final Path README = Path.of("README.md");
  private static final Pattern LINK = Pattern.compile("]\\(([^)\\s]+)\\)");
  private static final Pattern ABSOLUTE = Pattern.compile("[a-z]+:.*");
  private static final Pattern CODE = Pattern.compile("`([^`\\n]+)`");
  private static final Pattern PATH =
      Pattern.compile("(?:src|native|kernels|benchmarks|\\.ci)/[\\w./*-]*");
  private static final Pattern IMPORT =
      Pattern.compile("(?m)^import (?:static )?(hgn(?:\\.[a-z]\\w*)+)\\.[A-Z].*$");
  private static final Pattern NAME = Pattern.compile("hgn(?:\\.\\w+)+");

  @Test
  void relativeLinksLeadToFilesAndAnchors() throws IOException {
    List<String> broken = new ArrayList<>();
    int links = 0;
    for (Path document : documents()) {
      Matcher link = LINK.matcher(CODE.matcher(prose(document)).replaceAll(""));
      while (link.find()) {
        if (!ABSOLUTE.matcher(link.group(1)).matches()) {
          links++;
          if (!leadsSomewhere(document, link.group(1))) {
            broken.add(document + ": " + link.group(1));
          }
        }
      }
    }
    assertTrue(links > 20, "only " + links + " links were found");
    assertEquals(List.of(), broken);
  }

  @Test
  void namedPathsExist() throws IOException {
    List<String> missing = new ArrayList<>();
    for (Path document : documents()) {
      for (String path : code(document, PATH)) {
        if (!exists(path)) {
          missing.add(document + ": " + path);
        }
      }
    }
    assertEquals(List.of(), missing);
  }

  @Test
  void namedClassesAndPackagesExist() throws IOException {
    List<String> missing = new ArrayList<>();
    for (Path document : documents()) {
      for (String name : code(document, NAME)) {
        if (!isPackageOrClass(name)) {
          missing.add(document + ": " + name);
        }
      }
    }
    assertEquals(List.of(), missing);
  }

  @Test
  void packageMapNamesEveryPackage() throws IOException {
    assertEquals(packages(), packageRows().keySet());
  }

  @Test
  void packagesImportFromRowsAbove() throws IOException {
    Map<String, Integer> rows = packageRows();
    List<String> breaches = new ArrayList<>();
    for (Path file : sources()) {
      Matcher imported = IMPORT.matcher(Files.readString(file));
      while (imported.find()) {
        Integer from = rows.get(packageOf(file));
        Integer to = rows.get(imported.group(1));
        if (from != null && to != null && to > from) {
          breaches.add(file + ": " + imported.group());
        }
      }
    }
    assertEquals(List.of(), breaches);
  }

  @Test
  void menuOfTheSiteHasEveryPage() throws IOException {
    String menu = Files.readString(Path.of("src/site/site.xml"));
    List<String> missing = new ArrayList<>();
    for (Path page : pages()) {
      String rendered = page.getFileName().toString().replace(".md", ".html");
      if (!menu.contains("href=\"" + rendered + "\"")) {
        missing.add(rendered);
      }
    }
    assertEquals(List.of(), missing);
  }

  private static List<Path> documents() throws IOException {
    List<Path> documents = new ArrayList<>(List.of(README, Path.of("benchmarks/README.md")));
    documents.addAll(pages());
    return documents;
  }

  private static List<Path> pages() throws IOException {
    try (Stream<Path> files = Files.list(PAGES)) {
      return files.filter(file -> file.toString().endsWith(".md")).sorted().toList();
    }
  }

  /** The text without blocks of code. */
  private static String prose(Path document) throws IOException {
    return Files.readString(document).replaceAll("(?ms)^```.*?^```$", "");
  }

  private static List<String> code(Path document, Pattern pattern) throws IOException {
    return CODE.matcher(prose(document))
        .results()
        .map(code -> code.group(1))
        .filter(pattern.asMatchPredicate())
        .toList();
  }

  /** A folder would do on GitHub, but the rendered site has no page for it. */
  private static boolean leadsSomewhere(Path document, String target) throws IOException {
    String[] parts = target.split("#", 2);
    Path file = parts[0].isEmpty() ? document : document.resolveSibling(parts[0]).normalize();
    if (file.startsWith("..") || !Files.isRegularFile(file)) {
      return false;
    }
    return parts.length == 1 || anchors(file).contains(parts[1]);
  }

  /** As GitHub names them: the headings in lower case, hyphens for spaces, no punctuation. */
  private static Set<String> anchors(Path document) throws IOException {
    return prose(document)
        .lines()
        .filter(line -> line.matches("#{1,6} .*"))
        .map(line -> line.replaceFirst("#+ ", "").strip().toLowerCase())
        .map(heading -> heading.replaceAll("[^\\p{L}\\p{N}\\s_-]", "").replace(' ', '-'))
        .collect(Collectors.toSet());
  }

  private static boolean exists(String path) throws IOException {
    if (!path.contains("*")) {
      return Files.exists(Path.of(path));
    }
    PathMatcher glob = FileSystems.getDefault().getPathMatcher("glob:" + path);
    try (Stream<Path> files = Files.walk(Path.of(path.substring(0, path.indexOf('/'))))) {
      return files.anyMatch(glob::matches);
    }
  }

  private static boolean isPackageOrClass(String name) {
    String path = name.replace('.', '/');
    return Stream.of("src/main/java", "src/test/java", "benchmarks/java", "benchmarks/peer/java")
        .map(root -> Path.of(root, path))
        .anyMatch(at -> Files.isDirectory(at) || Files.exists(Path.of(at + ".java")));
  }

  private static String section(String markdown, String heading) {
    Matcher section =
        Pattern.compile("(?ms)^## " + heading + "$(.*?)(?=^## |\\z)").matcher(markdown);
    assertTrue(section.find(), "README.md has no section '" + heading + "'");
    return section.group(1);
  }

  /** Each package of the map in README.md, with its row. */
  private static Map<String, Integer> packageRows() throws IOException {
    Map<String, Integer> rows = new TreeMap<>();
    List<String> lines =
        section(Files.readString(README), "Package map")
            .lines()
            .filter(line -> line.startsWith("| `"))
            .toList();
    for (int row = 0; row < lines.size(); row++) {
      Matcher name = CODE.matcher(lines.get(row).split("\\|")[1]);
      while (name.find()) {
        rows.put("hgn." + name.group(1), row);
      }
    }
    return rows;
  }

  private static Set<String> packages() throws IOException {
    return sources().stream()
        .map(DocumentLinksTest::packageOf)
        .collect(Collectors.toCollection(TreeSet::new));
  }

  private static List<Path> sources() throws IOException {
    try (Stream<Path> files = Files.walk(SOURCES)) {
      return files.filter(file -> file.toString().endsWith(".java")).sorted().toList();
    }
  }

  private static String packageOf(Path file) {
    return SOURCES.relativize(file.getParent()).toString().replace('/', '.');
  }
}
