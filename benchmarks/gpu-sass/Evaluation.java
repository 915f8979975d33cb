import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Estimates the cycles of an evaluation on one multiprocessor: {@code java Evaluation PARTS
 * SASS...}. Each line of PARTS names a kernel of SASS, the warps that run it and the turns of its
 * loop.
 *
 * <p>Of a part, all instructions are taken to be executed once, and those of the loop that
 * multiplies once a turn. A warp issues in order, as the compiler scheduled it, and waits for
 * results of loads with the latencies below, which are assumptions. Four schedulers issue an
 * instruction a cycle each; loads from shared memory share one pipe, 128 bytes a cycle. The caches
 * of instructions and constants always hit. In a cluster, what other blocks have stored is there so
 * many cycles after the part began that waits for it.
 */
final class Evaluation {
  private static final int SCHEDULERS = 4;
  private static final int SHARED_LATENCY = 29;
  private static final int CONSTANT_LATENCY = 40;
  private static final int GLOBAL_LATENCY = 270;
  private static final int OTHER_LATENCY = 24; // shuffles, special functions, conversions
  private static final int OPERAND_LATENCY = 12;
  private static final int BARRIER = 20;
  private static final int TURN = 32; // multiply-adds of the shortest loop that multiplies
  private static final int DELIVERY = 250; // from a store to the end of the wait in another block

  /** What a part issues and how long it takes. */
  private record Cost(long instructions, long fused, long loads, long cycles) {
    Cost plus(Cost other) {
      return new Cost(
          instructions + other.instructions,
          fused + other.fused,
          loads + other.loads,
          cycles + other.cycles);
    }

    /** Of the slots in which an instruction could have been issued. */
    double share() {
      return 100.0 * fused / (SCHEDULERS * cycles);
    }
  }

  /** One warp, and when it may continue. */
  private static final class Warp {
    private int next;
    private long ready;
    private final long[] counters = new long[6];
  }

  public static void main(String[] args) throws IOException {
    Map<String, List<Sass.Instruction>> kernels = new HashMap<>();
    for (int n = 1; n < args.length; n++) {
      kernels.putAll(Sass.read(Path.of(args[n])));
    }
    System.out.println(
        "part                  warps turns instructions     FFMA      LDS   cycles  FFMA share");
    Cost sum = new Cost(0, 0, 0, 0);
    for (String line : Files.readAllLines(Path.of(args[0]))) {
      String[] part = line.split(" ");
      int warps = Integer.parseInt(part[1]);
      int turns = Integer.parseInt(part[2]);
      List<Sass.Instruction> kernel = kernels.get("part_" + part[0]);
      if (kernel == null) {
        throw new IOException(
            "no kernel part_" + part[0] + "; add it to forward.cu or backward.cu");
      }
      Cost cost = run(trace(kernel, turns), warps);
      print(part[0], part[1], part[2], cost);
      sum = sum.plus(cost);
    }
    print("together", "", "", sum);
  }

  private static void print(String name, String warps, String turns, Cost cost) {
    System.out.printf(
        "%-21s %5s %5s %12d %8d %8d %8d %10.1f%%%n",
        name,
        warps,
        turns,
        cost.instructions(),
        cost.fused(),
        cost.loads(),
        cost.cycles(),
        cost.share());
  }

  /** The instructions that a warp executes, without what follows its end. */
  private static List<Sass.Instruction> trace(List<Sass.Instruction> kernel, int turns) {
    int start = Integer.MAX_VALUE;
    int end = -1;
    int exit = exit(kernel);
    for (var loop : Sass.loops(kernel).headMap(exit).entrySet()) {
      if (loop.getValue() > exit) {
        continue; // back from where a warp waits
      }
      long fused = fused(kernel, loop.getKey(), loop.getValue());
      boolean inner = end < 0 || loop.getValue() - loop.getKey() < end - start;
      if (fused >= TURN && inner) {
        start = loop.getKey();
        end = loop.getValue();
      }
    }
    // the first or last turn may be outside of the loop
    long inside = fused(kernel, start, end);
    int trips = fused(kernel, 0, Integer.MAX_VALUE) >= 2 * inside ? turns - 1 : turns;
    List<Sass.Instruction> trace = new ArrayList<>();
    List<Sass.Instruction> body = new ArrayList<>();
    int from = 0;
    for (Sass.Instruction i : kernel) {
      if (i.address() < from) {
        continue; // jumped over
      }
      if (i.name().equals("BRA") && !i.predicated() && i.target() > i.address()) {
        from = i.target();
      }
      if (i.is("EXIT") && !i.predicated()) {
        break;
      }
      boolean looping = i.address() >= start && i.address() <= end;
      (looping ? body : trace).add(i);
      if (i.address() == end) {
        for (int n = 0; n < trips; n++) {
          trace.addAll(body);
        }
      }
    }
    return trace;
  }

  private static int exit(List<Sass.Instruction> kernel) {
    return kernel.stream()
        .filter(i -> i.is("EXIT") && !i.predicated())
        .mapToInt(Sass.Instruction::address)
        .findFirst()
        .orElse(Integer.MAX_VALUE);
  }

  private static long fused(List<Sass.Instruction> kernel, int start, int end) {
    return kernel.stream()
        .filter(i -> i.is("FFMA") && i.address() >= start && i.address() <= end)
        .count();
  }

  private static Cost run(List<Sass.Instruction> trace, int count) {
    List<Warp> warps = new ArrayList<>();
    for (int w = 0; w < count; w++) {
      warps.add(new Warp());
    }
    long[][] free = new long[2][SCHEDULERS]; // when the half-rate pipes are free
    long shared = 0; // when the pipe of shared memory is free
    long cycle = 0;
    int running = count;
    while (running > 0) {
      for (int s = 0; s < SCHEDULERS; s++) {
        for (int w = s; w < count; w += SCHEDULERS) {
          Warp warp = warps.get(w);
          if (warp.next == trace.size()) {
            continue;
          }
          Sass.Instruction i = trace.get(warp.next);
          int pipe = halfRatePipe(i);
          if (!ready(warp, i, cycle) || pipe >= 0 && free[pipe][s] > cycle) {
            continue;
          }
          if (pipe >= 0) {
            free[pipe][s] = cycle + 2;
          }
          int wavefronts = wavefronts(i);
          shared = Math.max(shared, cycle) + wavefronts;
          long from = wavefronts > 0 ? shared : cycle;
          release(warp, i.resultCounter(), from + latency(i));
          release(warp, i.operandCounter(), from + OPERAND_LATENCY);
          warp.ready = cycle + Math.max(1, i.stall());
          warp.next++;
          if (warp.next == trace.size()) {
            running--;
          }
          break;
        }
      }
      cycle++;
    }
    long fused = trace.stream().filter(i -> i.is("FFMA")).count();
    long loads = trace.stream().filter(i -> i.is("LDS")).count();
    return new Cost(count * (long) trace.size(), count * fused, count * loads, cycle + BARRIER);
  }

  private static boolean ready(Warp warp, Sass.Instruction i, long cycle) {
    if (warp.ready > cycle || cycle < DELIVERY && i.name().contains("PHASECHK")) {
      return false;
    }
    for (int c = 0; c < warp.counters.length; c++) {
      if ((i.awaited() >> c & 1) != 0 && warp.counters[c] > cycle) {
        return false;
      }
    }
    return true;
  }

  private static void release(Warp warp, int counter, long at) {
    if (counter < warp.counters.length) {
      warp.counters[counter] = Math.max(warp.counters[counter], at);
    }
  }

  /** The pipe that takes an instruction every other cycle: 0 of integers, 1 of products of them. */
  private static int halfRatePipe(Sass.Instruction i) {
    if (i.is("IMAD", "HFMA2")) {
      return 1;
    }
    boolean other =
        i.is("FFMA", "FADD", "FMUL", "LDS", "STS", "LDG", "STG", "LDC", "ULDC", "SHFL", "MUFU")
            || i.is("BRA", "BSYNC", "BSSY", "BAR", "WARPSYNC", "EXIT", "S2R", "S2UR");
    return other ? -1 : 0;
  }

  /** Cycles of the pipe of shared memory. */
  private static int wavefronts(Sass.Instruction i) {
    if (i.is("SHFL")) {
      return 1;
    }
    if (!i.is("LDS", "STS", "STAS")) {
      return 0;
    }
    return i.name().endsWith(".128") ? 4 : i.name().endsWith(".64") ? 2 : 1;
  }

  private static int latency(Sass.Instruction i) {
    if (i.is("LDS")) {
      return SHARED_LATENCY;
    }
    if (i.is("LDC", "ULDC", "LDCU")) {
      return CONSTANT_LATENCY;
    }
    return i.is("LDG") ? GLOBAL_LATENCY : OTHER_LATENCY;
  }

  private Evaluation() {}
}
