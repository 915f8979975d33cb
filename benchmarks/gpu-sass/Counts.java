import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Counts instructions in the output of cuobjdump, in kernels and in their loops: {@code java
 * Counts.java USAGE SASS}, with the outputs of its options -res-usage and -sass.
 */
final class Counts {
  private static final Pattern KERNEL = Pattern.compile("\\s*Function : (\\w+)");
  private static final Pattern REGISTERS =
      Pattern.compile(" Function (\\w+):\\s+REG:(\\d+) STACK:(\\d+)");
  private static final Pattern INSTRUCTION =
      Pattern.compile("\\s+/\\*([0-9a-f]+)\\*/\\s+(?:@!?U?P\\w+ +)?([A-Z][\\w.]*)([^;]*);.*");

  /** One instruction; {@code target}, or -1, is where a branch leads. */
  private record Instruction(int address, String name, int target) {
    boolean is(String... prefixes) {
      for (String prefix : prefixes) {
        if (name.equals(prefix) || name.startsWith(prefix + ".")) {
          return true;
        }
      }
      return false;
    }
  }

  /** What the columns of the table count. A division of integers is a conversion and more. */
  private static final Map<String, Predicate<Instruction>> COLUMNS = new LinkedHashMap<>();

  static {
    COLUMNS.put("all", i -> true);
    COLUMNS.put("FFMA", i -> i.is("FFMA"));
    COLUMNS.put("LDS", i -> i.is("LDS"));
    COLUMNS.put("STS", i -> i.is("STS"));
    COLUMNS.put("LDG", i -> i.is("LDG"));
    COLUMNS.put("LDC", i -> i.is("LDC", "ULDC", "LDCU"));
    COLUMNS.put("SHFL", i -> i.is("SHFL"));
    COLUMNS.put("div", i -> i.is("I2F") && i.name().contains("RP"));
    COLUMNS.put("call", i -> i.is("CALL"));
    COLUMNS.put("BAR", i -> i.is("BAR"));
    COLUMNS.put("branch", i -> i.is("BRA", "BRX"));
    COLUMNS.put("spill", i -> i.is("STL", "LDL"));
  }

  public static void main(String[] args) throws IOException {
    Map<String, String> usage = new LinkedHashMap<>();
    Matcher resources = REGISTERS.matcher(Files.readString(Path.of(args[0])).replace("\n  ", " "));
    while (resources.find()) {
      usage.put(
          resources.group(1), resources.group(2) + " registers, stack " + resources.group(3));
    }
    Map<String, List<Instruction>> kernels = read(Files.readAllLines(Path.of(args[1])));
    for (var kernel : kernels.entrySet()) {
      print(kernel.getKey() + ": " + usage.get(kernel.getKey()), kernel.getValue());
    }
  }

  private static Map<String, List<Instruction>> read(List<String> lines) {
    Map<String, List<Instruction>> kernels = new LinkedHashMap<>();
    List<Instruction> current = List.of();
    for (String line : lines) {
      Matcher kernel = KERNEL.matcher(line);
      Matcher instruction = INSTRUCTION.matcher(line);
      if (kernel.matches()) {
        current = new ArrayList<>();
        kernels.put(kernel.group(1), current);
      } else if (instruction.matches() && !instruction.group(2).equals("NOP")) {
        String name = instruction.group(2);
        Matcher target = Pattern.compile("0x([0-9a-f]+)\\s*$").matcher(instruction.group(3));
        boolean branch = name.startsWith("BRA") && target.find();
        int to = branch ? Integer.parseInt(target.group(1), 16) : -1;
        current.add(new Instruction(Integer.parseInt(instruction.group(1), 16), name, to));
      }
    }
    return kernels;
  }

  private static void print(String title, List<Instruction> kernel) {
    System.out.println(title);
    StringBuilder head = new StringBuilder(String.format("  %-24s", ""));
    COLUMNS.keySet().forEach(column -> head.append(String.format("%7s", column)));
    System.out.println(head + "  FFMA share");
    row("whole kernel", kernel);
    // the last branch back to a place ends the loop that starts there
    Map<Integer, Integer> loops = new TreeMap<>();
    for (Instruction i : kernel) {
      if (i.target() >= 0 && i.target() < i.address()) {
        loops.merge(i.target(), i.address(), Math::max);
      }
    }
    for (var loop : loops.entrySet()) {
      int start = loop.getKey();
      int end = loop.getValue();
      boolean inner =
          loops.entrySet().stream()
              .noneMatch(l -> l.getKey() > start && l.getValue() < end || l.getKey() == start && l.getValue() < end);
      List<Instruction> body =
          kernel.stream().filter(i -> i.address() >= start && i.address() <= end).toList();
      row(String.format("%s %05x-%05x", inner ? "inner loop" : "outer loop", start, end), body);
    }
  }

  private static void row(String name, List<Instruction> instructions) {
    StringBuilder row = new StringBuilder(String.format("  %-24s", name));
    for (Predicate<Instruction> column : COLUMNS.values()) {
      row.append(String.format("%7d", instructions.stream().filter(column).count()));
    }
    long fused = instructions.stream().filter(COLUMNS.get("FFMA")).count();
    System.out.println(row + String.format("%11.1f%%", 100.0 * fused / instructions.size()));
  }

  private Counts() {}
}
