package hgn.files;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;

/**
 * The right to write into a folder, which one holder in one process has at a time.
 *
 * <p>It is the operating system's lock of the file {@code lock} in the folder, and so ends with its
 * process, however that ends. The file says who holds it, for messages. It stays when nobody does:
 * if it were deleted, one process could hold the lock of the deleted file, and another that of a
 * new one.
 *
 * <p>On a network, the file system must give its locks to all hosts together and take back those of
 * a host that died, as NFS 4, or Lustre mounted with {@code flock}, does; a dead host's lock may
 * last until its lease ends, a minute and a half by default on NFS 4. A file system without locks
 * is refused in one line. One that gives each host locks of its own (NFS mounted with {@code
 * nolock}, Lustre with {@code localflock}) keeps only the processes of one host apart, which
 * nothing here can notice.
 */
public final class FolderLock implements AutoCloseable {
  private static final String FILE = "lock";

  /** What is locked lies behind what is written, which others may then read on any system. */
  private static final long LOCKED_BYTE = 1 << 20;

  /** Bytes of a file that may be of this program. */
  private static final int LONGEST = 512;

  /** Another process that only asks who holds a lock is in the way for a moment. */
  private static final int TRIES = 3;

  private static final long BETWEEN_TRIES = TimeUnit.MILLISECONDS.toNanos(50);
  private static final long BETWEEN_LOOKS = TimeUnit.SECONDS.toNanos(1);

  /**
   * Folders whose locks this process holds. Their files must not be opened again meanwhile: a POSIX
   * system takes back all of a process's locks of a file as soon as it closes any channel to it.
   */
  private static final Set<Object> HELD = new HashSet<>();

  private final Object identity;
  private final FileChannel channel;

  private FolderLock(Object identity, FileChannel channel) {
    this.identity = identity;
    this.channel = channel;
  }

  /**
   * Takes the lock of a folder that exists.
   *
   * @throws StorageException if another has it, which the message names, or the file system gives
   *     none
   */
  public static FolderLock take(Path folder) {
    return tryTake(folder)
        .orElseThrow(
            () ->
                new StorageException(
                    folder,
                    holder(folder).orElse(LockHolder.UNNAMED).describe() + " is writing into it",
                    "wait until that has ended, or end it, and try again"));
  }

  /**
   * Takes the lock of a folder that exists, unless another has it.
   *
   * @throws StorageException if the file system gives none
   */
  public static Optional<FolderLock> tryTake(Path folder) {
    try {
      FolderLock lock = attempt(folder);
      for (int tries = 1; lock == null && tries < TRIES; tries++) {
        LockSupport.parkNanos(BETWEEN_TRIES);
        lock = attempt(folder);
      }
      return Optional.ofNullable(lock);
    } catch (IOException error) {
      throw new StorageException(folder, "cannot take the lock of", error);
    }
  }

  /**
   * Takes the lock of a folder that exists, as soon as it is free.
   *
   * @param waiting is told once who has it, if another has
   * @throws StorageException if the file system gives none
   */
  public static FolderLock await(Path folder, Consumer<LockHolder> waiting) {
    Optional<FolderLock> lock = tryTake(folder);
    if (lock.isEmpty()) {
      waiting.accept(holder(folder).orElse(LockHolder.UNNAMED));
    }
    while (lock.isEmpty()) {
      LockSupport.parkNanos(BETWEEN_LOOKS);
      lock = tryTake(folder);
    }
    return lock.get();
  }

  /**
   * Who holds the lock of a folder; empty if nobody does. To ask needs no right to write, and takes
   * nothing.
   *
   * @throws StorageException if it cannot be read
   */
  public static Optional<LockHolder> holder(Path folder) {
    synchronized (HELD) {
      try {
        return HELD.contains(identity(folder))
            ? Optional.of(LockHolder.self())
            : ask(folder.resolve(FILE));
      } catch (NoSuchFileException neverLocked) {
        return Optional.empty();
      } catch (IOException error) {
        throw new StorageException(folder, "cannot read the lock of", error);
      }
    }
  }

  private static Optional<LockHolder> ask(Path file) throws IOException {
    try (FileChannel channel =
        FileChannel.open(file, StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS)) {
      if (channel.tryLock(LOCKED_BYTE, 1, true) != null) {
        return Optional.empty();
      }
      ByteBuffer text = ByteBuffer.allocate(LONGEST);
      while (text.hasRemaining() && channel.read(text) >= 0) {
        // until all is read
      }
      return Optional.of(LockHolder.parse(StandardCharsets.UTF_8.decode(text.flip()).toString()));
    }
  }

  private static FolderLock attempt(Path folder) throws IOException {
    synchronized (HELD) {
      Object identity = identity(folder);
      if (HELD.contains(identity)) {
        return null;
      }
      FileChannel channel =
          FileChannel.open(
              folder.resolve(FILE),
              StandardOpenOption.CREATE,
              StandardOpenOption.WRITE,
              LinkOption.NOFOLLOW_LINKS);
      if (!claim(channel)) {
        return null;
      }
      HELD.add(identity);
      return new FolderLock(identity, channel);
    }
  }

  /** Locks the file and writes who this is into it, or closes it. */
  private static boolean claim(FileChannel channel) throws IOException {
    boolean claimed = false;
    try {
      if (channel.tryLock(LOCKED_BYTE, 1, false) != null) {
        channel.truncate(0);
        AtomicFile.writeAll(channel, StandardCharsets.UTF_8.encode(LockHolder.self().line()));
        claimed = true;
      }
    } finally {
      if (!claimed) {
        channel.close();
      }
    }
    return claimed;
  }

  /** What tells a folder from others, however its path is written. */
  private static Object identity(Path folder) throws IOException {
    Path real = folder.toRealPath();
    Object key = Files.readAttributes(real, BasicFileAttributes.class).fileKey();
    return key == null ? real : key;
  }

  /** Gives the lock back; once more does nothing. */
  @Override
  public void close() {
    synchronized (HELD) {
      if (!channel.isOpen()) {
        return;
      }
      HELD.remove(identity);
      try (channel) {
        channel.truncate(0);
      } catch (IOException unwritable) {
        // A name that stays misleads nobody: it counts only while the lock is held.
      }
    }
  }
}
