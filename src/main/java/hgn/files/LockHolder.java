package hgn.files;

import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The process that holds a {@link FolderLock}.
 *
 * @param host host name
 * @param pid process id on that host
 */
public record LockHolder(String host, long pid) {
  /** A holder that has not yet written its name, or whose name was overwritten. */
  static final LockHolder UNNAMED = new LockHolder("?", 0);

  private static final Pattern LINE = Pattern.compile("(\\S{1,255}) ([0-9]{1,18})\\s*");
  private static final LockHolder SELF = new LockHolder(thisHost(), ProcessHandle.current().pid());

  /** This process. */
  public static LockHolder self() {
    return SELF;
  }

  /** Parses the text of {@link #line}. */
  static LockHolder parse(String text) {
    Matcher matcher = LINE.matcher(text);
    return matcher.matches()
        ? new LockHolder(matcher.group(1), Long.parseLong(matcher.group(2)))
        : UNNAMED;
  }

  /** The contents of the lock file. */
  String line() {
    return host + " " + pid + "\n";
  }

  /** Describes the process, for messages. */
  public String describe() {
    return equals(UNNAMED) ? "another process" : "process " + pid + " on " + host;
  }

  /** {@code host:pid}. */
  @Override
  public String toString() {
    return host + ":" + pid;
  }

  /** Tries sources without network first, since a look-up without network can take seconds. */
  private static String thisHost() {
    return Stream.of(kernelsName(), System.getenv("HOSTNAME"), System.getenv("COMPUTERNAME"))
        .filter(Objects::nonNull)
        .map(name -> name.replaceAll("[\\s\\p{Cntrl}]+", ""))
        .filter(name -> !name.isEmpty())
        .findFirst()
        .orElseGet(LockHolder::networksName);
  }

  private static String kernelsName() {
    try {
      return Files.readString(Path.of("/proc/sys/kernel/hostname"));
    } catch (IOException notLinux) {
      return null;
    }
  }

  private static String networksName() {
    try {
      return InetAddress.getLocalHost().getHostName();
    } catch (UnknownHostException nameless) {
      return "localhost";
    }
  }
}
