package hgn;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** The jar brings the licence of every library that it holds. */
class LicencesTest {
  private static final Path FOLDER = Path.of("src/main/resources/META-INF/licenses");
  private static final Pattern JAR = Pattern.compile("(.+?)-\\d[^/]*\\.jar");

  /** Libraries of the tests, which are in no jar of ours. */
  private static final Pattern OF_TESTS =
      Pattern.compile("(junit|jqwik|archunit|opentest4j|apiguardian|surefire|jmh|jopt|protobuf).*");

  private static Map<String, String> index() throws IOException {
    Map<String, String> index = new TreeMap<>();
    for (String line : Files.readAllLines(FOLDER.resolve("index.txt"))) {
      if (!line.startsWith("#")) {
        String[] words = line.split(" +");
        index.put(words[0], words[1]);
      }
    }
    return index;
  }

  @Test
  void everyLibraryOfTheClassPathHasOne() throws IOException {
    Set<String> libraries = new TreeSet<>();
    for (String entry : System.getProperty("java.class.path").split(File.pathSeparator)) {
      Matcher jar = JAR.matcher(new File(entry).getName());
      if (jar.matches() && !OF_TESTS.matcher(jar.group(1)).matches()) {
        libraries.add(jar.group(1));
      }
    }
    assertTrue(libraries.contains("picocli"), "of the class path: " + libraries);
    assertEquals(libraries, index().keySet());
  }

  @Test
  void everyFileIsThereAndNeeded() throws IOException {
    Set<String> named = new TreeSet<>(index().values());
    named.addAll(List.of("index.txt", "notices.txt"));
    Set<String> there =
        Arrays.stream(FOLDER.toFile().list()).collect(Collectors.toCollection(TreeSet::new));
    assertEquals(named, there);
    for (String name : there) {
      assertTrue(Files.size(FOLDER.resolve(name)) > 500, name);
    }
  }
}
