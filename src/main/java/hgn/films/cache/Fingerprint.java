package hgn.films.cache;

import hgn.files.StorageException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;

/** Detects changed files by name, size and modification time, without reading them. */
public final class Fingerprint {
  private Fingerprint() {}

  /** The fingerprint of these files and of words that describe how they are read. */
  public static String of(List<Path> files, String... words) {
    MessageDigest digest = sha256();
    for (String word : words) {
      add(digest, word);
    }
    for (Path file : files) {
      try {
        BasicFileAttributes known = Files.readAttributes(file, BasicFileAttributes.class);
        add(digest, place(file) + " " + known.size() + " " + known.lastModifiedTime().toMillis());
      } catch (IOException error) {
        throw new StorageException(file, "cannot read", error);
      }
    }
    return HexFormat.of().formatHex(digest.digest());
  }

  /** File name and parent folder, which identify frame and film. The location does not matter. */
  private static String place(Path file) {
    Path whole = file.toAbsolutePath().normalize();
    return whole.getParent().getFileName() + "/" + whole.getFileName();
  }

  private static void add(MessageDigest digest, String text) {
    digest.update((text + "\n").getBytes(StandardCharsets.UTF_8));
  }

  static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException(impossible); // every Java has it
    }
  }
}
