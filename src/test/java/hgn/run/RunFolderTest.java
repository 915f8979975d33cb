package hgn.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hgn.files.FolderLock;
import hgn.files.StorageException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RunFolderTest {
  @TempDir Path folder;

  @Test
  void aNewRunCanBeWrittenAndOpened() throws IOException {
    RunFolder run = RunFolder.create(folder.resolve("runs"), "first-1.0");
    run.write(run.config(), "a: 1\n");
    run.write(run.lastCheckpoint(), "x");
    assertEquals("a: 1\n", Files.readString(folder.resolve("runs/first-1.0/config.yaml")));
    assertTrue(Files.exists(folder.resolve("runs/first-1.0/checkpoints/last.safetensors")));
    assertEquals(run.path(), RunFolder.open(run.path()).path());
    assertEquals(run.path().resolve("forward.gif"), run.gif("forward"));
  }

  @Test
  void anExistingRunIsNotTouched() {
    Path runs = folder.resolve("runs");
    RunFolder run = RunFolder.create(runs, "a");
    run.write(run.summary(), "{}");
    String message =
        assertThrows(StorageException.class, () -> RunFolder.create(runs, "a")).getMessage();
    assertEquals(
        run.path()
            + ": it exists already; continue it with --resume "
            + run.path()
            + " or choose another --name",
        message);
    assertTrue(Files.exists(run.summary()));
  }

  /** Whatever the moment at which a process was killed, the same command begins the run again. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "checkpoints/",
        "checkpoints/ lock",
        "checkpoints/ lock .config.yaml.tmp",
        "checkpoints/ lock config.yaml",
        "checkpoints/ lock config.yaml checkpoints/.last.safetensors.tmp"
      })
  void aRunKilledBeforeItsFirstCheckpointIsBegunAgain(String files) throws IOException {
    Path run = make(folder.resolve("a"), files);
    if (files.contains("checkpoints")) {
      assertMessage(run, "start it again as before, with --name a");
    }
    RunFolder again = RunFolder.create(folder, "a");
    assertEquals(run, again.path());
    again.write(again.lastCheckpoint(), "x");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "config.yaml", // a user's own
        "checkpoints/ notes.txt",
        "checkpoints/ lock config.yaml metrics.jsonl",
        "checkpoints/ config.yaml checkpoints/last.safetensors",
        "checkpoints/ checkpoints/best.safetensors"
      })
  void whatCannotBeMadeAgainIsKept(String files) throws IOException {
    make(folder.resolve("a"), files);
    assertThrows(StorageException.class, () -> RunFolder.create(folder, "a"));
  }

  private static Path make(Path run, String files) throws IOException {
    Files.createDirectories(run);
    for (String name : files.split(" ")) {
      if (name.endsWith("/")) {
        Files.createDirectories(run.resolve(name));
      } else if (!name.isEmpty()) {
        Files.writeString(run.resolve(name), "");
      }
    }
    return run;
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "..", ".hidden", "a/b", "a b", "-x", "\u00e9"})
  void namesThatAreNoFolderNamesAreRefused(String name) throws IOException {
    String message =
        assertThrows(IllegalArgumentException.class, () -> RunFolder.create(folder, name))
            .getMessage();
    assertTrue(message.startsWith("--name '" + name + "'"), message);
    try (var files = Files.list(folder)) {
      assertEquals(0, files.count());
    }
  }

  @Test
  void whatIsNoRunIsRefused() throws IOException {
    assertMessage(folder.resolve("absent"), "there is no such run");
    assertMessage(folder, "config.yaml is missing");
    Path file = Files.writeString(folder.resolve("file"), "");
    assertMessage(file, "there is no such run");
    String message =
        assertThrows(StorageException.class, () -> RunFolder.create(file, "a")).getMessage();
    assertTrue(message.contains(file.toString()), message);
    assertFalse(message.contains("\n"), message);
  }

  @Test
  void runsThatAreNumberedAtOnceGetNumbersOfTheirOwn() throws Exception {
    int count = 8;
    ExecutorService threads = Executors.newFixedThreadPool(count);
    Set<String> names = new TreeSet<>();
    try {
      CyclicBarrier together = new CyclicBarrier(count);
      List<Future<RunFolder>> made = new ArrayList<>();
      for (int i = 0; i < count; i++) {
        made.add(
            threads.submit(
                () -> {
                  together.await();
                  return RunFolder.createNumbered(folder.resolve("runs"), "r");
                }));
      }
      for (Future<RunFolder> run : made) {
        names.add(run.get(30, TimeUnit.SECONDS).path().getFileName().toString());
      }
    } finally {
      threads.shutdownNow();
    }
    assertEquals(Set.of("r", "r-2", "r-3", "r-4", "r-5", "r-6", "r-7", "r-8"), names);
  }

  @Test
  void aRunIsLockedByOneAtATime() {
    RunFolder run = RunFolder.openOrCreate(folder, "a");
    try (FolderLock lock = run.lock()) {
      String message = assertThrows(StorageException.class, run::lock).getMessage();
      assertTrue(message.startsWith(run.path() + ": process "), message);
    }
    run.lock().close();
  }

  private static void assertMessage(Path path, String problem) {
    String message = assertThrows(StorageException.class, () -> RunFolder.open(path)).getMessage();
    assertTrue(message.startsWith(path + ": "), message);
    assertTrue(message.contains(problem), message);
  }
}
