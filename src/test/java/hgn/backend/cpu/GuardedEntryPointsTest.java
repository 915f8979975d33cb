package hgn.backend.cpu;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.lang.reflect.Modifier;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** A C++ exception that leaves a native function would end the process. */
class GuardedEntryPointsTest {
  private static final Pattern FUNCTION =
      Pattern.compile(
          "^HGN_NATIVE\\(\\w+, (\\w+)\\)[^{]*\\{\\n(.*?)\\n\\}\\n",
          Pattern.DOTALL | Pattern.MULTILINE);

  @Test
  void everyNativeFunctionGivesItsBodyToTheGuard() throws IOException {
    Matcher function = FUNCTION.matcher(Files.readString(Path.of("native", "jni.cpp")));
    Set<String> guarded = new TreeSet<>();
    while (function.find()) {
      String body = function.group(2).replaceFirst("(?s)^  ConvShape shape = \\{[^}]*\\};\\n", "");
      assertTrue(
          body.matches("(?s)  return guarded\\(\\s*env,.*\\);"), function.group(1) + ": " + body);
      guarded.add(function.group(1));
    }
    Set<String> declared =
        Arrays.stream(Native.class.getDeclaredMethods())
            .filter(method -> Modifier.isNative(method.getModifiers()))
            .map(method -> method.getName())
            .collect(Collectors.toCollection(TreeSet::new));
    assertEquals(declared, guarded);
  }
}
