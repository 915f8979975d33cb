package hgn.backend.cuda;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * No kernel divides in 64 bits, where each division is a call of some hundred instructions. Needs
 * nvcc, but no GPU. Rollouts, which take the compiler longest and count in 32 bits, are left out.
 */
class KernelDivisionTest {
  private static final Path KERNELS = Path.of("kernels").toAbsolutePath();
  private static final Pattern NAME = Pattern.compile("/(?!rollout)\\w+\\.cu$");
  private static final Pattern DIVISION = Pattern.compile("\\b(div|rem)\\.[su]64\\b");
  private static final Pattern ENTRY = Pattern.compile("\\.entry (\\w+)");

  @TempDir private Path folder;

  private static Path nvcc() {
    Path found =
        Stream.of(
                Stream.of(System.getenv("CUDA_HOME"), System.getenv("CUDA_PATH"))
                    .filter(Objects::nonNull)
                    .map(home -> home + "/bin"),
                Stream.of(System.getenv("PATH").split(":")),
                Stream.of("/usr/local/cuda/bin"))
            .flatMap(directories -> directories)
            .map(directory -> Path.of(directory, "nvcc"))
            .filter(Files::isExecutable)
            .findFirst()
            .orElse(null);
    Assumptions.assumeTrue(found != null, "no nvcc");
    return found;
  }

  /** The kernels in one file, as in {@code native/fatbin.cmake}. */
  private static String unit() throws IOException {
    Set<String> includes = new LinkedHashSet<>();
    StringBuilder files = new StringBuilder();
    try (Stream<Path> sources = Files.list(KERNELS)) {
      for (Path source :
          sources.filter(path -> NAME.matcher(path.toString()).find()).sorted().toList()) {
        Files.readAllLines(source).stream()
            .filter(l -> l.startsWith("#include"))
            .forEach(includes::add);
        String name = source.getFileName().toString().replace(".cu", "");
        files.append("namespace file_" + name + " {\n#include \"" + source + "\"\n}\n");
      }
    }
    return String.join("\n", includes) + "\n" + files;
  }

  private List<String> compiled() throws IOException, InterruptedException {
    Path unit = Files.writeString(folder.resolve("kernels.cu"), unit());
    Path ptx = folder.resolve("kernels.ptx");
    Process compiler =
        new ProcessBuilder(
                nvcc().toString(),
                "--ptx",
                "-std=c++17",
                "-O3",
                "-arch=compute_75",
                "-I",
                KERNELS.toString(),
                "-o",
                ptx.toString(),
                unit.toString())
            .redirectErrorStream(true)
            .start();
    String said = new String(compiler.getInputStream().readAllBytes());
    assertEquals(0, compiler.waitFor(), said);
    return Files.readAllLines(ptx);
  }

  @Test
  void noKernelDividesIn64Bits() throws IOException, InterruptedException {
    nvcc();
    List<String> kernels = new ArrayList<>();
    List<String> divisions = new ArrayList<>();
    for (String line : compiled()) {
      ENTRY.matcher(line).results().forEach(entry -> kernels.add(entry.group(1)));
      if (DIVISION.matcher(line).find()) {
        divisions.add(kernels.get(kernels.size() - 1) + ": " + line.strip());
      }
    }
    assertTrue(kernels.contains("sum_few"), kernels::toString);
    assertEquals("", divisions.stream().distinct().collect(Collectors.joining("\n")));
  }
}
