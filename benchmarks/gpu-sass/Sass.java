import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The instructions that cuobjdump -sass prints, for Volta and later. */
final class Sass {
  private static final Pattern KERNEL = Pattern.compile("\\s*Function : (\\w+)");
  private static final Pattern INSTRUCTION =
      Pattern.compile(
          "\\s+/\\*([0-9a-f]+)\\*/\\s+(@!?U?P\\w+ +)?([A-Z][\\w.]*)([^;]*);.*/\\* 0x[0-9a-f]+ \\*/");
  private static final Pattern HIGH = Pattern.compile("\\s+/\\* 0x([0-9a-f]{16}) \\*/");
  private static final Pattern TARGET = Pattern.compile("0x([0-9a-f]+)\\s*$");

  /**
   * One instruction.
   *
   * @param target where a branch leads, or -1
   * @param control the compiler's schedule: bits 0 to 3 cycles until the next instruction, 5 to 7
   *     the counter that a result releases and 8 to 10 the one that operands release (7 for none),
   *     11 to 16 the counters to wait for
   */
  record Instruction(int address, boolean predicated, String name, int target, int control) {
    boolean is(String... prefixes) {
      for (String prefix : prefixes) {
        if (name.equals(prefix) || name.startsWith(prefix + ".")) {
          return true;
        }
      }
      return false;
    }

    int stall() {
      return control & 15;
    }

    int resultCounter() {
      return control >> 5 & 7;
    }

    int operandCounter() {
      return control >> 8 & 7;
    }

    int awaited() {
      return control >> 11 & 63;
    }

    /** Whether a division of integers starts here: it converts to a reciprocal. */
    boolean divides() {
      return is("I2F") && name.contains("RP");
    }
  }

  /** Returns the kernels of a file in their order. */
  static Map<String, List<Instruction>> read(Path file) throws IOException {
    Map<String, List<Instruction>> kernels = new LinkedHashMap<>();
    List<Instruction> current = List.of();
    List<String> lines = Files.readAllLines(file);
    for (int n = 0; n < lines.size(); n++) {
      Matcher kernel = KERNEL.matcher(lines.get(n));
      Matcher found = INSTRUCTION.matcher(lines.get(n));
      if (kernel.matches()) {
        current = new ArrayList<>();
        kernels.put(kernel.group(1), current);
      } else if (found.matches() && !found.group(3).equals("NOP")) {
        Matcher high = HIGH.matcher(lines.get(n + 1));
        if (!high.matches()) {
          throw new IOException(file + ", line " + (n + 2) + ": no second half of an instruction");
        }
        Matcher target = TARGET.matcher(found.group(4));
        boolean branch = found.group(3).startsWith("BRA") && target.find();
        current.add(
            new Instruction(
                Integer.parseInt(found.group(1), 16),
                found.group(2) != null,
                found.group(3),
                branch ? Integer.parseInt(target.group(1), 16) : -1,
                (int) (Long.parseUnsignedLong(high.group(1), 16) >>> 41 & 0x1fffff)));
      }
    }
    return kernels;
  }

  /** Returns first and last address of each loop: the last branch back to a place ends it. */
  static TreeMap<Integer, Integer> loops(List<Instruction> kernel) {
    TreeMap<Integer, Integer> loops = new TreeMap<>();
    for (Instruction i : kernel) {
      if (i.target() >= 0 && i.target() < i.address()) {
        loops.merge(i.target(), i.address(), Math::max);
      }
    }
    return loops;
  }

  private Sass() {}
}
