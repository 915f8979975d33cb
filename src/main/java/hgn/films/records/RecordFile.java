package hgn.films.records;

import hgn.files.FileBytes;
import hgn.files.StorageException;
import hgn.films.source.DamagedFilmException;
import hgn.films.source.FilmFiles;
import hgn.tfrecord.MaskedCrc;
import hgn.tfrecord.RecordFrame;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * A TFRecord file of films, a sequence of records, see {@link RecordFrame}. Nothing can be read
 * after a record with a wrong length, so such a record is the last one and counts as damaged.
 */
public final class RecordFile {
  private static final int HEADER = RecordFrame.HEADER;

  private final Path file;
  private final List<Long> offsets = new ArrayList<>();
  private String damage;

  /**
   * Finds the records.
   *
   * @throws StorageException if the file cannot be read
   */
  RecordFile(Path file) {
    this.file = file;
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
      long size = channel.size();
      for (long at = 0; at < size && damage == null; ) {
        offsets.add(at);
        if (size - at < HEADER + Integer.BYTES) {
          damage = "the file ends within it";
        } else {
          at += HEADER + length(channel, at, size) + Integer.BYTES;
        }
      }
    } catch (IOException error) {
      throw new StorageException(file, "cannot read", error);
    }
  }

  /** Whether a file starts with a record: a length with a correct checksum. */
  public static boolean isRecords(byte[] head) {
    return head.length >= HEADER && RecordFrame.hasRightChecksum(ByteBuffer.wrap(head));
  }

  /** Length of the record at an offset; sets {@code damage} and returns 0 if it is implausible. */
  private long length(FileChannel channel, long at, long size) throws IOException {
    ByteBuffer header = FileBytes.read(channel, at, HEADER);
    long length = header.getLong(0);
    if (!RecordFrame.hasRightChecksum(header)) {
      damage = "the checksum of its length is wrong";
      return 0;
    }
    long left = size - at - HEADER - Integer.BYTES;
    if (length < 0 || length > left || length > Integer.MAX_VALUE - Long.SIZE) {
      damage =
          String.format(
              Locale.ROOT,
              "it should have %s bytes, %d are left",
              Long.toUnsignedString(length),
              left);
      return 0;
    }
    return length;
  }

  int count() {
    return offsets.size();
  }

  Path file() {
    return file;
  }

  /**
   * The data of a record.
   *
   * @throws DamagedFilmException if it is truncated or its checksum is wrong
   */
  byte[] read(int record) {
    if (damage != null && record == offsets.size() - 1) {
      throw damaged(record, damage);
    }
    long at = offsets.get(record);
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
      int length = Math.toIntExact(FileBytes.read(channel, at, HEADER).getLong());
      ByteBuffer rest = FileBytes.read(channel, at + HEADER, length + Integer.BYTES);
      byte[] data = new byte[length];
      rest.get(data);
      if (rest.getInt() != MaskedCrc.of(data)) {
        throw damaged(record, "its checksum is wrong");
      }
      return data;
    } catch (IOException error) {
      throw damaged(record, FilmFiles.reason(error));
    }
  }

  private DamagedFilmException damaged(int record, String problem) {
    return new DamagedFilmException(file, "record " + record + ": " + problem);
  }
}
