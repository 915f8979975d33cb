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
 * An exclusive lock for writing to a folder, within and across processes.
 *
 * <p>It is the operating system's lock on the file {@code lock} in the folder, and is therefore
 * released when the process ends, even by a crash. The file names the holder, for messages. It is
 * never deleted; otherwise one process could lock the deleted file and another a new one. (A hidden
 * one is, since a folder that is finished is never written again.)
 *
 * <p>A network file system must share locks between hosts and release those of a dead host, as NFS
 * 4 or Lustre mounted with {@code flock} do. A dead host's lock may last until its lease ends, by
 * default 90 seconds on NFS 4. A file system without locks is rejected. A file system with locks
 * local to each host (NFS mounted with {@code nolock}, Lustre with {@code localflock}) separates
 * only the processes of one host, which cannot be detected here.
 */
public final class FolderLock implements AutoCloseable {
  private static final String FILE = "lock";

  /** Of a folder whose files are for others, who need not see it. */
  private static final String HIDDEN = ".writing";

  /**
   * Position of the locked byte, behind the text, so that others can read the text on any system.
   */
  private static final long LOCKED_BYTE = 1 << 20;

  /** Maximum length of a lock file written by this program. */
  private static final int LONGEST = 512;

  /** Retries, since a process that queries the holder blocks the lock for a moment. */
  private static final int TRIES = 3;

  private static final long BETWEEN_TRIES = TimeUnit.MILLISECONDS.toNanos(50);
  private static final long BETWEEN_LOOKS = TimeUnit.SECONDS.toNanos(1);

  /**
   * Folders whose locks this process holds. Their lock files must not be opened again meanwhile: a
   * POSIX system releases all of a process's locks on a file when the process closes any channel to
   * it.
   */
  private static final Set<Object> HELD = new HashSet<>();

  private final Object identity;
  private final FileChannel channel;
  private final Path file;

  private FolderLock(Object identity, FileChannel channel, Path file) {
    this.identity = identity;
    this.channel = channel;
    this.file = file;
  }

  /**
   * Acquires the lock of an existing folder.
   *
   * @throws StorageException if another holder has it, which the message names, or the file system
   *     does not support locks
   */
  public static FolderLock take(Path folder) {
    return take(folder, FILE);
  }

  /**
   * As {@link #take}, by a hidden file that is deleted in the end, so that only {@link #isHidden}
   * files are left of a killed process.
   */
  public static FolderLock takeHidden(Path folder) {
    return take(folder, HIDDEN);
  }

  /** Whether a file is that of a {@linkplain #takeHidden hidden} lock. */
  public static boolean isHidden(Path file) {
    return file.getFileName().toString().equals(HIDDEN);
  }

  private static FolderLock take(Path folder, String file) {
    return tryTake(folder, file)
        .orElseThrow(
            () ->
                new StorageException(
                    folder,
                    holder(folder, file).orElse(LockHolder.UNNAMED).describe()
                        + " is writing into it",
                    "wait until that has ended, or end it, and try again"));
  }

  /**
   * Acquires the lock of an existing folder; empty if another holder has it.
   *
   * @throws StorageException if the file system does not support locks
   */
  public static Optional<FolderLock> tryTake(Path folder) {
    return tryTake(folder, FILE);
  }

  private static Optional<FolderLock> tryTake(Path folder, String file) {
    try {
      FolderLock lock = attempt(folder, file);
      for (int tries = 1; lock == null && tries < TRIES; tries++) {
        LockSupport.parkNanos(BETWEEN_TRIES);
        lock = attempt(folder, file);
      }
      return Optional.ofNullable(lock);
    } catch (IOException error) {
      throw new StorageException(folder, "cannot take the lock of", error);
    }
  }

  /**
   * Acquires the lock of an existing folder, waiting until it is free.
   *
   * @param waiting called once with the current holder, if any
   * @throws StorageException if the file system does not support locks
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
   * Returns the holder of a folder's lock; empty if it is free. Needs no write permission and does
   * not acquire the lock.
   *
   * @throws StorageException if the lock file cannot be read
   */
  public static Optional<LockHolder> holder(Path folder) {
    return holder(folder, FILE);
  }

  private static Optional<LockHolder> holder(Path folder, String file) {
    synchronized (HELD) {
      try {
        return HELD.contains(identity(folder))
            ? Optional.of(LockHolder.self())
            : ask(folder.resolve(file));
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

  private static FolderLock attempt(Path folder, String file) throws IOException {
    synchronized (HELD) {
      Object identity = identity(folder);
      if (HELD.contains(identity)) {
        return null;
      }
      FileChannel channel =
          FileChannel.open(
              folder.resolve(file),
              StandardOpenOption.CREATE,
              StandardOpenOption.WRITE,
              LinkOption.NOFOLLOW_LINKS);
      if (!claim(channel)) {
        return null;
      }
      HELD.add(identity);
      return new FolderLock(identity, channel, folder.resolve(file));
    }
  }

  /** Locks the file and writes this process to it, or closes it. */
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

  /** A key that identifies a folder independently of its path. */
  private static Object identity(Path folder) throws IOException {
    Path real = folder.toRealPath();
    Object key = Files.readAttributes(real, BasicFileAttributes.class).fileKey();
    return key == null ? real : key;
  }

  /** Releases the lock. Further calls do nothing. */
  @Override
  public void close() {
    synchronized (HELD) {
      if (!channel.isOpen()) {
        return;
      }
      HELD.remove(identity);
      try (channel) {
        channel.truncate(0);
        if (isHidden(file)) {
          Files.deleteIfExists(file);
        }
      } catch (IOException unwritable) {
        // A name left in the file is harmless: it is only read while the lock is held.
      }
    }
  }
}
