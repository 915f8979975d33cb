import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Counts instructions in kernels and in their innermost loops: {@code java Counts USAGE SASS}, with
 * what cuobjdump -res-usage and -sass print.
 */
final class Counts {
  private static final Pattern REGISTERS =
      Pattern.compile(" Function (\\w+):\\s+REG:(\\d+) STACK:(\\d+)");

  private static final Map<String, Predicate<Sass.Instruction>> COLUMNS = new LinkedHashMap<>();

  static {
    COLUMNS.put("all", i -> true);
    COLUMNS.put("FFMA", i -> i.is("FFMA"));
    COLUMNS.put("LDS", i -> i.is("LDS"));
    COLUMNS.put("STS", i -> i.is("STS"));
    COLUMNS.put("LDG", i -> i.is("LDG"));
    COLUMNS.put("LDC", i -> i.is("LDC", "ULDC", "LDCU"));
    COLUMNS.put("SHFL", i -> i.is("SHFL"));
    COLUMNS.put("div", Sass.Instruction::divides);
    COLUMNS.put("call", i -> i.is("CALL"));
    COLUMNS.put("BAR", i -> i.is("BAR"));
    COLUMNS.put("branch", i -> i.is("BRA", "BRX"));
    COLUMNS.put("spill", i -> i.is("STL", "LDL"));
  }

  public static void main(String[] args) throws IOException {
    Map<String, String> usage = new LinkedHashMap<>();
    Matcher resources = REGISTERS.matcher(Files.readString(Path.of(args[0])));
    while (resources.find()) {
      usage.put(resources.group(1), resources.group(2) + " registers, stack " + resources.group(3));
    }
    for (var kernel : Sass.read(Path.of(args[1])).entrySet()) {
      print(kernel.getKey() + ": " + usage.get(kernel.getKey()), kernel.getValue());
    }
  }

  private static void print(String title, List<Sass.Instruction> kernel) {
    System.out.println(title);
    StringBuilder head = new StringBuilder(String.format("  %-20s", ""));
    COLUMNS.keySet().forEach(column -> head.append(String.format("%7s", column)));
    System.out.println(head + "  FFMA share");
    row("whole kernel", kernel);
    TreeMap<Integer, Integer> loops = Sass.loops(kernel);
    loops.forEach(
        (start, end) -> {
          boolean inner = loops.tailMap(start, false).values().stream().noneMatch(e -> e <= end);
          if (inner) {
            List<Sass.Instruction> body =
                kernel.stream().filter(i -> i.address() >= start && i.address() <= end).toList();
            row(String.format("loop %05x-%05x", start, end), body);
          }
        });
  }

  private static void row(String name, List<Sass.Instruction> instructions) {
    StringBuilder row = new StringBuilder(String.format("  %-20s", name));
    for (Predicate<Sass.Instruction> column : COLUMNS.values()) {
      row.append(String.format("%7d", instructions.stream().filter(column).count()));
    }
    long fused = instructions.stream().filter(COLUMNS.get("FFMA")).count();
    System.out.println(row + String.format("%11.1f%%", 100.0 * fused / instructions.size()));
  }

  private Counts() {}
}
