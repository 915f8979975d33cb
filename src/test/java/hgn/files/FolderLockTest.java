package hgn.files;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import hgn.testing.programs.LockingProgram;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(120)
class FolderLockTest {
  @TempDir Path folder;

  @Test
  void oneHolderAtATime() {
    assertEquals(Optional.empty(), FolderLock.holder(folder));
    try (FolderLock lock = FolderLock.take(folder)) {
      assertEquals(Optional.of(LockHolder.self()), FolderLock.holder(folder));
      assertEquals(Optional.empty(), FolderLock.tryTake(folder));
      lock.close();
      assertEquals(Optional.empty(), FolderLock.holder(folder));
      try (FolderLock second = FolderLock.take(folder)) {
        lock.close(); // a second close must not release the lock of the next holder
        assertEquals(Optional.of(LockHolder.self()), FolderLock.holder(folder));
        second.close();
      }
    }
    assertEquals(Optional.empty(), FolderLock.holder(folder));
  }

  @Test
  void aTakenLockIsOneLineThatNamesItsHolder() {
    try (FolderLock lock = FolderLock.take(folder)) {
      String message =
          assertThrows(StorageException.class, () -> FolderLock.take(folder)).getMessage();
      assertEquals(
          folder
              + ": process "
              + ProcessHandle.current().pid()
              + " on "
              + LockHolder.self().host()
              + " is writing into it; wait until that has ended, or end it, and try again",
          message);
    }
  }

  @Test
  void anotherProcessKeepsItUntilItIsKilled() throws IOException, InterruptedException {
    try (LockingProgram other = LockingProgram.on(folder)) {
      LockHolder holder = new LockHolder(LockHolder.self().host(), other.pid());
      assertEquals(Optional.of(holder), FolderLock.holder(folder));
      assertEquals(Optional.empty(), FolderLock.tryTake(folder));
      String message =
          assertThrows(StorageException.class, () -> FolderLock.take(folder)).getMessage();
      assertTrue(message.contains("process " + other.pid() + " on "), message);
      other.kill();
      assertEquals(Optional.empty(), FolderLock.holder(folder));
      FolderLock.take(folder).close();
    }
  }

  @Test
  void anotherProcessGivesItBackWhenItEnds() throws IOException, InterruptedException {
    try (LockingProgram other = LockingProgram.on(folder)) {
      other.end();
      assertEquals("", Files.readString(folder.resolve("lock")));
      FolderLock.take(folder).close();
    }
  }

  /**
   * A POSIX system releases a process's lock on a file when the process closes any channel to it.
   */
  @Test
  void askingAndTryingDoNotLoseIt() throws IOException, InterruptedException {
    Path link = Files.createSymbolicLink(folder.resolve("link"), folder);
    try (FolderLock lock = FolderLock.take(folder)) {
      FolderLock.holder(link);
      FolderLock.tryTake(link);
      IllegalStateException refused =
          assertThrows(IllegalStateException.class, () -> LockingProgram.on(folder));
      assertTrue(refused.getMessage().contains("says Exception"), refused.getMessage());
    }
    try (LockingProgram other = LockingProgram.on(link)) {
      assertEquals(other.pid(), FolderLock.holder(folder).orElseThrow().pid());
      other.kill();
    }
  }

  @Test
  void threadsTakeTurns() throws Exception {
    AtomicInteger inside = new AtomicInteger();
    AtomicInteger most = new AtomicInteger();
    AtomicInteger waited = new AtomicInteger();
    ExecutorService threads = Executors.newFixedThreadPool(3);
    try {
      List<Future<?>> all = new ArrayList<>();
      for (int i = 0; i < 3; i++) {
        all.add(
            threads.submit(
                () -> {
                  try (FolderLock lock =
                      FolderLock.await(folder, holder -> waited.incrementAndGet())) {
                    most.accumulateAndGet(inside.incrementAndGet(), Math::max);
                    Thread.sleep(300);
                    inside.decrementAndGet();
                  }
                  return null;
                }));
      }
      for (Future<?> one : all) {
        one.get(60, TimeUnit.SECONDS);
      }
    } finally {
      threads.shutdownNow();
    }
    assertEquals(1, most.get());
    assertEquals(2, waited.get());
  }

  @Test
  void whatCannotBeLockedIsOneLine() throws IOException {
    Path absent = folder.resolve("absent");
    String message =
        assertThrows(StorageException.class, () -> FolderLock.take(absent)).getMessage();
    assertTrue(message.startsWith("cannot take the lock of " + absent + ": no such"), message);
    assertEquals(Optional.empty(), FolderLock.holder(absent));

    Path taken = Files.createDirectories(folder.resolve("run/lock")).getParent();
    message = assertThrows(StorageException.class, () -> FolderLock.take(taken)).getMessage();
    assertTrue(message.startsWith("cannot take the lock of " + taken + ": "), message);
    assertEquals(1, message.lines().count(), message);
  }

  @Test
  void aLinkIsNotFollowed() throws IOException {
    Path precious = Files.writeString(folder.resolve("precious"), "text");
    Path run = Files.createDirectory(folder.resolve("run"));
    Files.createSymbolicLink(run.resolve("lock"), precious);
    assertThrows(StorageException.class, () -> FolderLock.take(run));
    assertEquals("text", Files.readString(precious));
  }

  @Test
  void onlyReadersNeedNoRightToWrite() throws IOException {
    Path file = Files.writeString(folder.resolve("lock"), "elsewhere 17\n");
    assumeTrue(file.toFile().setWritable(false));
    assertEquals(Optional.empty(), FolderLock.holder(folder));
  }

  @Test
  void whateverIsInTheFileAHolderIsNamed() {
    assertEquals(new LockHolder("node-1", 12), LockHolder.parse("node-1 12\n"));
    assertEquals("process 12 on node-1", LockHolder.parse("node-1 12\n").describe());
    assertEquals("node-1:12", LockHolder.parse("node-1 12\n").toString());
    for (String text : List.of("", "node-1", "a b c", "node-1 x", "node-1 " + "9".repeat(30))) {
      assertEquals("another process", LockHolder.parse(text).describe(), text);
    }
    assertEquals(LockHolder.self(), LockHolder.parse(LockHolder.self().line()));
  }
}
