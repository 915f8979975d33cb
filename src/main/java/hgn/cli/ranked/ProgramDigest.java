package hgn.cli.ranked;

import hgn.doctor.Version;
import hgn.tensor.Backend;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.CodeSource;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** What ranks must have in common so that their results have the same bits. */
public final class ProgramDigest {
  private static final int BYTES = 8;

  private ProgramDigest() {}

  /** This program's version, the digest of its jar, and what the backend computes with. */
  public static String of(Backend backend) {
    return "hgn4j " + Version.number() + " (" + jar() + "), " + backend.describe();
  }

  private static String jar() {
    CodeSource source = ProgramDigest.class.getProtectionDomain().getCodeSource();
    if (source == null || source.getLocation() == null) {
      return "of unknown place";
    }
    try {
      Path jar = Path.of(URI.create(source.getLocation().toString()));
      if (!Files.isRegularFile(jar)) {
        return "in classes";
      }
      byte[] digest = MessageDigest.getInstance("SHA-256").digest(Files.readAllBytes(jar));
      return "sha256 " + HexFormat.of().formatHex(digest, 0, BYTES);
    } catch (IOException | NoSuchAlgorithmException | IllegalArgumentException unreadable) {
      return "unreadable: " + unreadable.getMessage();
    }
  }
}
