package hgn;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hgn.physics.PhysicalSystem;
import java.io.IOException;
import java.io.StringWriter;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import javax.tools.JavaCompiler;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Compiles and runs the Java that the documents show, so that it stays true. */
class DocumentExamplesTest {
  private static final Pattern BLOCK = Pattern.compile("(?ms)^```java\\n(.*?)^```$");
  private static final Pattern NUMBER = Pattern.compile("= (\\d\\.\\d{4})\\b");

  @TempDir Path folder;

  @Test
  void tapeExampleComputesTheNumbersBesideIt() throws Exception {
    String example = block("README.md", "Arena.open");
    double[] shown =
        NUMBER
            .matcher(example)
            .results()
            .mapToDouble(m -> Double.parseDouble(m.group(1)))
            .toArray();
    assertEquals(3, shown.length);
    String body =
        example.replaceFirst("\\}\\s*$", "return new double[] {y.item(), dy.item(), d2y.item()};}");
    Class<?> compiled =
        compiled(
            "Example",
            """
            import static hgn.autograd.ops.Functions.*;
            import hgn.autograd.*;
            import hgn.tensor.*;
            import java.util.List;
            public class Example { public static double[] run() { %s } }
            """
                .formatted(body));
    assertArrayEquals(shown, (double[]) compiled.getMethod("run").invoke(null), 5e-5);
  }

  @Test
  void operationShownIsTheSources() throws IOException {
    String operation = block("README.md", "public static Var sin").indent(2);
    String source = Files.readString(Path.of("src/main/java/hgn/autograd/ops/Functions.java"));
    assertTrue(source.contains(operation), operation);
  }

  @Test
  void systemOfOnesOwnMovesByItsEnergy() throws Exception {
    String source = block("src/site/markdown/systems.md", "class Duffing");
    PhysicalSystem system =
        (PhysicalSystem) compiled("my.Duffing", source).getConstructor().newInstance();
    double[] q = {0.5};
    double[] p = {0.25};
    assertEquals(
        0.5 * p[0] * p[0] + 0.5 * q[0] * q[0] + 0.25 * Math.pow(q[0], 4),
        system.hamiltonian(q, p),
        1e-12);
  }

  private static String block(String document, String content) throws IOException {
    List<String> blocks =
        BLOCK
            .matcher(Files.readString(Path.of(document)))
            .results()
            .map(DocumentExamplesTest::code)
            .filter(code -> code.contains(content))
            .toList();
    assertEquals(1, blocks.size(), document + " with " + content);
    return blocks.get(0);
  }

  private static String code(MatchResult block) {
    return block.group(1);
  }

  private Class<?> compiled(String name, String source) throws Exception {
    Path file = folder.resolve(name.replace('.', '/') + ".java");
    Files.createDirectories(file.getParent());
    Files.writeString(file, source);
    JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
    StringWriter messages = new StringWriter();
    try (StandardJavaFileManager files = compiler.getStandardFileManager(null, null, null)) {
      List<String> options =
          List.of(
              "-proc:none", "-d", folder.toString(), "-cp", System.getProperty("java.class.path"));
      boolean done =
          compiler
              .getTask(messages, files, null, options, null, files.getJavaFileObjects(file))
              .call();
      assertTrue(done, messages.toString());
    }
    // left open: its class goes on being used by the test
    return new URLClassLoader(new URL[] {folder.toUri().toURL()}, getClass().getClassLoader())
        .loadClass(name);
  }
}
