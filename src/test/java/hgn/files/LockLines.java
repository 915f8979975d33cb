package hgn.files;

/** Hands the parsing of a lock file's text to tests of other packages. */
public final class LockLines {
  private LockLines() {}

  /** Describes the holder that the text names. */
  public static String read(String text) {
    return LockHolder.parse(text).describe();
  }
}
