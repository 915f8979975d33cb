package hgn.fuzzing;

import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Inputs that fuzzing found, on which readers once failed, in folders named by the targets. */
class FuzzRegressionTest {
  private static final Path FOUND = Path.of("src", "test", "resources", "fuzzing");
  private static final Duration LONGEST = Duration.ofSeconds(20);

  static List<Path> found() throws IOException {
    try (Stream<Path> all = Files.walk(FOUND)) {
      return all.filter(Files::isRegularFile).sorted().toList();
    }
  }

  @ParameterizedTest
  @MethodSource("found")
  void whatOnceFailedIsRefusedOrRead(Path input) throws Exception {
    byte[] data = Files.readAllBytes(input);
    String name = input.getParent().getFileName().toString();
    Method target =
        Class.forName("hgn.fuzzing." + name).getMethod("fuzzerTestOneInput", byte[].class);
    assertTimeoutPreemptively(
        LONGEST,
        () -> {
          try {
            target.invoke(null, (Object) data);
          } catch (InvocationTargetException failed) {
            throw failed.getCause();
          }
        });
  }
}
