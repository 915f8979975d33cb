package hgn.reliability;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.SortedMap;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Takes something from the program that it needs. It then does without, or says so in one line and
 * fails; it never hangs, and when it has what it needs again it ends as if nothing had happened.
 */
@Tag("reliability")
class StarveTest {
  private static final String ENOUGH = "size=2g,nr_inodes=100000";

  @TempDir Path folder;
  private Path prepared;
  private Path place;
  private SortedMap<String, String> expected;

  /** All kinds of work, or two of the shorter ones if there is to be but one try of each. */
  static Stream<Work> works() {
    List<Work> all = new ArrayList<>(Work.all());
    if (Tries.of("disk") > 1) {
      return all.stream();
    }
    all.remove(all.size() - 1);
    Collections.shuffle(all, new Random(Tries.seed()));
    return all.stream().limit(2);
  }

  /** Makes the work once without want. */
  private void prepare(Work work) throws Exception {
    prepared = Files.createDirectories(folder.resolve("prepared"));
    place = folder.resolve("work");
    for (String command : work.before()) {
      succeed(prepared, command);
    }
    Copies.of(prepared, place);
    succeed(place, work.command());
    expected = FolderState.reproducible(place);
  }

  /** The disk is full at one write after the other. */
  @ParameterizedTest
  @MethodSource("works")
  void aFullDisk(Work work) throws Exception {
    prepare(work);
    long before = bytes(prepared);
    long after = bytes(place);
    Copies.delete(place);
    int count = Tries.of("disk");
    try (Tries tries = new Tries("disk full: " + work)) {
      for (int i = 0; i < count; i++) {
        long size = before + (after - before) * i / count;
        starveOfDisk(work, "size=" + Math.max(4096, size) + ",nr_inodes=100000");
        tries.count();
      }
    }
  }

  /** No further file can be made, though there is space. */
  @ParameterizedTest
  @MethodSource("works")
  void noInodes(Work work) throws Exception {
    prepare(work);
    int before = inodes(prepared);
    int after = inodes(place);
    Copies.delete(place);
    int count = Math.min(Tries.of("disk"), after - before);
    try (Tries tries = new Tries("no inodes: " + work)) {
      for (int i = 0; i < count; i++) {
        int inodes = before + 1 + (after - before) * i / count;
        starveOfDisk(work, "size=2g,nr_inodes=" + inodes);
        tries.count();
      }
    }
  }

  private void starveOfDisk(Work work, String options) throws Exception {
    try (Disk disk = Disk.on(place, ENOUGH)) {
      Copies.of(prepared, place);
      assertTrue(disk.change(options), options);
      Program.End end = Program.in(place).run(work.command());
      if (end.code() != 0) {
        requireOneLine(end, options);
      }
      FolderState.requireWhole(place);
      assertTrue(disk.change(ENOUGH));
      goOn(work, options);
    } finally {
      Files.delete(place);
    }
  }

  /** The disk cannot be written any more from some moment on. */
  @ParameterizedTest
  @MethodSource("works")
  void readOnlyInMidRun(Work work) throws Exception {
    prepare(work);
    Copies.delete(place);
    int count = Tries.of("disk");
    try (Tries tries = new Tries("read-only in mid-run: " + work)) {
      for (int i = 0; i < count; i++) {
        try (Disk disk = Disk.on(place, ENOUGH)) {
          Copies.of(prepared, place);
          Process process = Program.in(place).start(work.command());
          Thread.sleep(300 + 250L * i);
          boolean changed = false;
          while (process.isAlive() && !changed) { // refused while a file is open for writing
            changed = disk.change("ro");
          }
          Program.End end = Program.in(place).end(process, 240_000, true);
          if (end.code() != 0) {
            requireOneLine(end, "after " + i);
          }
          FolderState.requireWhole(place);
          assertTrue(disk.change("rw"));
          goOn(work, "read-only at " + i);
          tries.count();
        } finally {
          Files.delete(place);
        }
      }
    }
  }

  @ParameterizedTest
  @MethodSource("works")
  void fewFileDescriptors(Work work) throws Exception {
    Assumptions.assumeTrue(Disk.run("prlimit", "--version"));
    starve(
        work,
        "file descriptors",
        Stream.of(16, 20, 24, 32, 48).map(n -> p -> p.by("prlimit", "--nofile=" + n + ":" + n)));
  }

  @ParameterizedTest
  @MethodSource("works")
  void aSmallHeap(Work work) throws Exception {
    starve(
        work, "heap", Stream.of(8, 16, 24, 32, 48, 64, 96).map(n -> p -> p.with("-Xmx" + n + "m")));
  }

  @ParameterizedTest
  @MethodSource("works")
  void littleDirectMemory(Work work) throws Exception {
    starve(
        work,
        "direct memory",
        Stream.of(1, 4, 16).map(n -> p -> p.with("-XX:MaxDirectMemorySize=" + n + "m")));
  }

  @ParameterizedTest
  @MethodSource("works")
  void littleAddressSpace(Work work) throws Exception {
    Assumptions.assumeTrue(Disk.run("prlimit", "--version"));
    starve(
        work,
        "address space",
        Stream.of(1400, 1600, 1800, 2000, 2400, 3000)
            .map(n -> p -> p.with("-Xmx64m").by("prlimit", "--as=" + n * 1_000_000L)));
  }

  @ParameterizedTest
  @MethodSource("works")
  void oneProcessor(Work work) throws Exception {
    starve(work, "one processor", Stream.of(p -> p.with("-XX:ActiveProcessorCount=1")));
  }

  @Test
  void aBusyMachine() throws Exception {
    Thread[] busy = new Thread[4 * Runtime.getRuntime().availableProcessors()];
    for (int i = 0; i < busy.length; i++) {
      busy[i] =
          new Thread(
              () -> {
                while (!Thread.currentThread().isInterrupted()) {
                  Thread.onSpinWait();
                }
              });
      busy[i].setDaemon(true);
      busy[i].start();
    }
    try {
      starve(Work.all().get(2), "processor time", Stream.of(UnaryOperator.identity()));
    } finally {
      for (Thread thread : busy) {
        thread.interrupt();
      }
    }
  }

  private void starve(Work work, String of, Stream<UnaryOperator<Program>> wants) throws Exception {
    prepare(work);
    Copies.delete(place);
    try (Tries tries = new Tries("little " + of + ": " + work)) {
      List<UnaryOperator<Program>> all = wants.toList();
      int count = Math.min(all.size(), Tries.of("want"));
      for (int i = 0; i < count; i++) {
        UnaryOperator<Program> want = all.get(i * all.size() / count);
        Copies.of(prepared, place);
        Program.End end = want.apply(Program.in(place)).run(work.command());
        if (end.code() != 0) {
          requireOneLine(end, of);
        }
        FolderState.requireWhole(place);
        goOn(work, of + "\n" + end.describe());
        tries.count();
        Copies.delete(place);
      }
    }
  }

  /** A virtual machine that cannot start says so itself. */
  private static void requireOneLine(Program.End end, String want) {
    boolean started =
        !(end.err() + end.out()).contains("could not create the Java Virtual Machine")
            && !end.out().contains("Error occurred during initialization of VM")
            && !end.out().contains("insufficient memory for the Java Runtime Environment");
    if (started) {
      assertTrue(
          end.err().startsWith("hgn4j: ") && end.err().lines().count() == 1,
          want + "\n" + end.describe());
      assertTrue(!end.err().contains("internal error"), want + "\n" + end.describe());
    }
  }

  private void goOn(Work work, String trail) throws Exception {
    String next = Files.exists(place.resolve(work.begun())) ? work.again() : work.command();
    Program.End end = Program.in(place).run(next);
    assertEquals(0, end.code(), trail + "\n" + end.describe());
    FolderState.requireWhole(place);
    assertEquals(
        List.of(), FolderState.differences(expected, FolderState.reproducible(place)), trail);
  }

  private static void succeed(Path place, String command) throws Exception {
    Program.End end = Program.in(place).run(command);
    assertEquals(0, end.code(), end::describe);
  }

  /** Bytes on a disk with pages of 4 kB. */
  private static long bytes(Path folder) throws IOException {
    try (Stream<Path> all = Files.walk(folder)) {
      return all.mapToLong(file -> (file.toFile().length() + 4095) / 4096 * 4096).sum();
    }
  }

  private static int inodes(Path folder) throws IOException {
    try (Stream<Path> all = Files.walk(folder)) {
      return (int) all.count();
    }
  }
}
