package hgn.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;

import hgn.testing.Console;
import hgn.testing.programs.Hgn4jProgram;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Files and words are the same whatever language, clock and encoding a machine is set to. */
class LocaleTest {
  /** Digits of their own, decimal commas, a dotless i, other calendars. */
  private static final List<String> LANGUAGES =
      List.of("fa-IR", "ar-EG", "ne-NP", "my-MM", "de-DE", "tr-TR", "th-TH-u-nu-thai");

  @TempDir Path folder;

  /** Runs in {@code place} what writes names, tables and labels; returns the bytes of each file. */
  private static Map<String, String> work(Path place, Locale locale) throws IOException {
    Locale before = Locale.getDefault();
    Locale.setDefault(locale);
    try {
      Console console = new Console();
      String name = place.toString();
      String printed =
          console.succeed(
              "generate", "--system", "mass-spring", "--count", "1", "--out", name + "/npz");
      printed +=
          console.succeed(
              ("verify --system mass-spring --states 1 --steps 10 --integrators leapfrog --out "
                      + (name + "/verify"))
                  .split(" "));
      int code = console.run("generate", "--system", "mass-sprin", "--out", name);
      Map<String, String> files = files(place);
      files.put("printed " + code, printed.replace(name, "").replaceAll("in \\d:\\d\\d", ""));
      files.put("error", console.fail(2, "verify", "--system", "mass-spring", "--steps", "0"));
      return files;
    } finally {
      Locale.setDefault(before);
    }
  }

  private static Map<String, String> files(Path place) throws IOException {
    Map<String, String> found = new TreeMap<>();
    try (Stream<Path> all = Files.walk(place)) {
      for (Path file : all.filter(Files::isRegularFile).toList()) {
        found.put(place.relativize(file).toString(), digest(file, place));
      }
    }
    return found;
  }

  private static String digest(Path file, Path place) {
    try {
      String text = Files.readString(file, StandardCharsets.ISO_8859_1);
      return Integer.toHexString(text.replace(place.toString(), "").hashCode());
    } catch (IOException error) {
      throw new UncheckedIOException(error);
    }
  }

  @Test
  void theLanguageIsNeitherInFilesNorInWords() throws IOException {
    Map<String, String> expected = work(folder.resolve("root"), Locale.ROOT);
    assertEquals(true, expected.size() >= 6, expected.toString());
    for (String language : LANGUAGES) {
      assertEquals(
          expected, work(folder.resolve(language), Locale.forLanguageTag(language)), language);
    }
  }

  /** The whole program, with a clock and an encoding of a country's own too. */
  @Test
  void aTrainingIsTheSameEverywhere() throws IOException, InterruptedException {
    List<String> machines =
        List.of(
            "en US UTC UTF-8",
            "fa IR Asia/Tehran windows-1256",
            "tr TR Pacific/Kiritimati US-ASCII");
    Map<String, String> first = null;
    for (String machine : machines) {
      String[] words = machine.split(" ");
      Path place = Files.createDirectories(folder.resolve(words[0]));
      Hgn4jProgram program =
          new Hgn4jProgram(place)
              .with("-Duser.language=" + words[0], "-Duser.country=" + words[1])
              .with("-Duser.timezone=" + words[2], "-Dfile.encoding=" + words[3]);
      String[] train = Console.train(List.of("train.steps=2"), "--name", "run");
      assertEquals(0, program.run(train), program.err());
      Map<String, String> files = files(place);
      for (String measured : List.of("summary.json", "times.jsonl")) {
        files.remove("runs/run/" + measured); // seconds
      }
      first = first == null ? files : first;
      assertEquals(first, files, machine);
    }
    assertEquals(true, first.size() >= 7, first.toString());
  }
}
