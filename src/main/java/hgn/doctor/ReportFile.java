package hgn.doctor;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import hgn.files.AtomicFile;
import hgn.files.StorageException;
import java.io.IOException;
import java.nio.file.Path;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.temporal.ChronoUnit;

/**
 * The report of an examination as a JSON file. It is replaced as a whole whenever something more is
 * known, so that a process that is ended leaves what it has found. Processes write it in turn.
 */
public final class ReportFile {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final Path file;
  private final ObjectNode root;

  private ReportFile(Path file, ObjectNode root) {
    this.file = file;
    this.root = root;
  }

  /** A new report on this machine; replaces a file of that name. */
  public static ReportFile create(Path file) {
    ReportFile report = new ReportFile(file, JSON.createObjectNode());
    report.root.put("program", "hgn4j " + Version.number());
    report.root.put("date", ZonedDateTime.now(ZoneOffset.UTC).truncatedTo(ChronoUnit.SECONDS) + "");
    report.root.put("machine", Machine.hardware()).put("java", Machine.java());
    report.save();
    return report;
  }

  /**
   * The report that another process has begun.
   *
   * @throws StorageException if it cannot be read
   */
  public static ReportFile open(Path file) {
    try {
      if (JSON.readTree(file.toFile()) instanceof ObjectNode root) {
        return new ReportFile(file, root);
      }
      throw new StorageException(
          file, "no report of an examination", "run it anew with doctor --gpu");
    } catch (IOException failure) {
      throw new StorageException(file, "read the report", failure);
    }
  }

  /** What is known. */
  ObjectNode root() {
    return root;
  }

  /** Enters and writes whether everything passed, which it returns. */
  public boolean passed(boolean all) {
    root.put("passed", all);
    save();
    return all;
  }

  /** Writes what is known. */
  void save() {
    AtomicFile.write(file, root.toPrettyString() + "\n");
  }

  @Override
  public String toString() {
    return file.toString();
  }
}
