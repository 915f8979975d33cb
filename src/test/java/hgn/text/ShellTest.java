package hgn.text;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ShellTest {
  @Test
  void plainWordsStayPlain() {
    assertEquals("train --set model.base=none", Shell.join("train", "--set", "model.base=none"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "runs/a",
        "my runs/a",
        "two  blanks",
        "it's",
        "\"quoted\"",
        "a&b;c|d<e>f",
        "$HOME `id` $(id)",
        "*?[a]~#!",
        "back\\slash",
        "50%\n'line' \\ two",
        "tab\there",
        "-dash",
        ""
      })
  void aShellReadsWhatWasQuoted(String word) throws IOException {
    assumeTrue(File.separatorChar == '/', "a POSIX shell");
    String quoted = Shell.quote(word);
    assertEquals(quoted.lines().count(), quoted.isEmpty() ? 0 : 1, quoted);
    Process shell =
        new ProcessBuilder("sh", "-c", "printf '%s|' " + quoted).redirectErrorStream(true).start();
    assertArrayEquals(
        (word + "|").getBytes(StandardCharsets.UTF_8), shell.getInputStream().readAllBytes());
  }
}
