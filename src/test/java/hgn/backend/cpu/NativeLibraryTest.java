package hgn.backend.cpu;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import hgn.testing.programs.BackendProgram;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** How the native library gets into a process, and what it leaves behind. */
class NativeLibraryTest {
  private static final String JAVA =
      Path.of(System.getProperty("java.home"), "bin", "java").toString();

  @TempDir Path folder;
  private Path temporary;

  @BeforeEach
  void requireBackend() throws IOException {
    Setup.require();
    temporary = Files.createDirectory(folder.resolve("tmp"));
  }

  private Process start(List<String> java, String backend) throws IOException {
    List<String> line = new ArrayList<>(java);
    line.addAll(
        List.of(
            "-XX:-UsePerfData",
            "-XX:TieredStopAtLevel=1",
            "-Djava.io.tmpdir=" + temporary,
            "-cp",
            System.getProperty("java.class.path"),
            BackendProgram.class.getName(),
            backend));
    return new ProcessBuilder(line).redirectErrorStream(true).start();
  }

  /** The lines that the program prints. */
  private List<String> run(List<String> java, String backend)
      throws IOException, InterruptedException {
    Process program = start(java, backend);
    program.getOutputStream().close();
    try (BufferedReader lines = program.inputReader()) {
      List<String> printed = lines.lines().toList();
      program.waitFor();
      return printed;
    }
  }

  private void assertLoads(List<String> java) throws IOException, InterruptedException {
    List<String> printed = run(java, "cpu");
    assertEquals(1, printed.size(), printed.toString());
    assertTrue(printed.get(0).startsWith("cpu: native code"), printed.toString());
  }

  private String refusal(String... options) throws IOException, InterruptedException {
    List<String> java = new ArrayList<>(List.of(JAVA));
    java.addAll(List.of(options));
    List<String> printed = run(java, "cpu");
    assertEquals(1, printed.size(), printed.toString());
    assertTrue(printed.get(0).startsWith("refused: "), printed.toString());
    return printed.get(0);
  }

  private List<Path> left() throws IOException {
    try (Stream<Path> files = Files.list(temporary)) {
      return files.toList();
    }
  }

  @Test
  void aProgramThatIsKilledLeavesNothingBehind() throws Exception {
    for (int kill = 0; kill < 2; kill++) {
      Process program = start(List.of(JAVA), "cpu");
      assertTrue(program.inputReader().readLine().startsWith("cpu: native code"));
      program.destroyForcibly().waitFor();
      assertEquals(List.of(), left());
    }
  }

  @Test
  void programsThatStartAtOnceDoNotDisturbEachOther() throws Exception {
    List<Process> programs = new ArrayList<>();
    for (int i = 0; i < 4; i++) {
      programs.add(start(List.of(JAVA), "cpu"));
    }
    for (Process program : programs) {
      program.getOutputStream().close();
      String line = program.inputReader().readLine();
      assertTrue(line.startsWith("cpu: native code"), line);
      program.waitFor();
    }
    assertEquals(List.of(), left());
  }

  /** Where others may rename files, or where nothing can be written, another folder is taken. */
  @ParameterizedTest
  @ValueSource(strings = {"rwxrwxrwx", "rwxrwx---", "missing", "a file"})
  void aFolderThatWillNotDoIsPassedOver(String kind) throws Exception {
    if (kind.startsWith("rwx")) {
      Files.setPosixFilePermissions(temporary, PosixFilePermissions.fromString(kind));
    } else {
      Files.delete(temporary);
      if (kind.equals("a file")) {
        Files.createFile(temporary);
      }
    }
    assertLoads(List.of(JAVA));
  }

  @Test
  void aNamedFileOrItsFolderIsLoadedInPlace() throws Exception {
    Path library = folder.resolve("libhgn4j.so");
    try (InputStream in =
        NativeLibrary.class.getResourceAsStream("/native/linux-x86_64/libhgn4j.so")) {
      Files.copy(in, library);
    }
    assertLoads(List.of(JAVA, "-Dhgn.native.path=" + library));
    assertLoads(List.of(JAVA, "-Dhgn.native.path=" + folder));
    assertTrue(Files.exists(library));
    assertEquals(List.of(), left());

    Files.write(library, new byte[100]);
    String other = refusal("-Dhgn.native.path=" + folder);
    assertTrue(other.contains(library + " is the library of another version"), other);
  }

  @Test
  void aNamedFolderIsTheOnlyOneThatIsTried() throws Exception {
    assertLoads(List.of(JAVA, "-Dhgn.native.path=" + Files.createDirectory(folder.resolve("own"))));
    for (String name : List.of("missing", "shared")) {
      Path named = folder.resolve(name);
      if (name.equals("shared")) {
        Files.createDirectory(named);
        Files.setPosixFilePermissions(named, PosixFilePermissions.fromString("rwxrwxrwx"));
      }
      String said = refusal("-Dhgn.native.path=" + named);
      assertTrue(said.contains("can be loaded from none of " + named + " ("), said);
      assertTrue(said.contains("-Dhgn.native.path=FOLDER"), said);
      assertFalse(said.contains("/var/tmp"), said);
    }
  }

  /** A limit that stops the library's own threads: no stack of the default size can be had. */
  @ParameterizedTest
  @ValueSource(ints = {2, 3, 40})
  void aLimitOnThreadsIsSaidOnce(int threads) throws Exception {
    String limited = "ulimit -s 107374182400 2>/dev/null || exit 9; exec \"$0\" \"$@\"";
    assumeTrue(
        new ProcessBuilder("bash", "-c", limited, "true").start().waitFor() == 0,
        "the limit cannot be set here");
    List<String> printed =
        run(List.of("bash", "-c", limited, JAVA, "-Dhgn.threads=" + threads), "auto");
    assertEquals(2, printed.size(), printed.toString());
    assertTrue(
        printed.get(0).contains("backend 'cpu' computes with 1 thread, not " + threads),
        printed.toString());
    assertTrue(printed.get(1).endsWith(", 1 thread"), printed.toString());
  }

  /** JDK 24 and later, where one is installed. */
  @Test
  void javaMayRefuseNativeCode() throws Exception {
    String java = newerJava();
    List<String> denied = List.of(java, "--illegal-native-access=deny");
    String remedy = "start java with --enable-native-access=ALL-UNNAMED";

    List<String> fallback = run(denied, "auto");
    assertEquals(2, fallback.size(), fallback.toString());
    assertTrue(fallback.get(0).contains("backend 'cpu' is not used: "), fallback.toString());
    assertTrue(fallback.get(0).endsWith(remedy), fallback.toString());
    assertTrue(fallback.get(1).startsWith("jvm: "), fallback.toString());

    List<String> asked = run(denied, "cpu");
    assertEquals(1, asked.size(), asked.toString());
    assertTrue(asked.get(0).startsWith("refused: ") && asked.get(0).endsWith(remedy));

    assertLoads(
        List.of(java, "--illegal-native-access=deny", "--enable-native-access=ALL-UNNAMED"));
    assertEquals(List.of(), left());
  }

  private static String newerJava() throws IOException {
    List<Path> homes = new ArrayList<>(List.of(Path.of(System.getProperty("java.home"))));
    if (System.getenv("JAVA25_HOME") != null) {
      homes.add(Path.of(System.getenv("JAVA25_HOME")));
    }
    Path installed = Path.of("/usr/lib/jvm");
    if (Files.isDirectory(installed)) {
      try (Stream<Path> all = Files.list(installed)) {
        all.forEach(homes::add);
      }
    }
    for (Path home : homes) {
      Path release = home.resolve("release");
      if (Files.isExecutable(home.resolve("bin/java"))
          && Files.exists(release)
          && Files.readString(release).matches("(?s).*JAVA_VERSION=\"(2[4-9]|[3-9]\\d).*")) {
        return home.resolve("bin/java").toString();
      }
    }
    assumeTrue(false, "no JDK 24 or later is installed");
    return "";
  }
}
