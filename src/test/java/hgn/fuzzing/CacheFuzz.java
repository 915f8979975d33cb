package hgn.fuzzing;

import hgn.films.cache.CacheIndex;
import hgn.films.cache.FilmCache;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Optional;
import java.util.zip.CRC32C;

/** Caches of films. */
public final class CacheFuzz {
  private static final Sandbox SANDBOX = new Sandbox();
  private static final byte[] MARK = "HGNFILM1".getBytes(StandardCharsets.US_ASCII);

  private CacheFuzz() {}

  /** Reads a whole file, or an index and frames with the right length and checksum. */
  public static void fuzzerTestOneInput(byte[] data) {
    Input input = Input.of(data, 2);
    Path file = SANDBOX.write("films.cache", input.way() == 0 ? input.bytes() : whole(input));
    Trial.readPlain(
        data,
        () -> {
          Optional<FilmCache> cache = FilmCache.open(file);
          if (cache.isPresent()) {
            readAll(cache.get());
          }
        });
    SANDBOX.empty();
  }

  private static byte[] whole(Input input) {
    byte[] index = input.parts().get(0);
    byte[] frames = input.parts().get(1);
    CRC32C crc = new CRC32C();
    crc.update(index);
    ByteBuffer file =
        Input.little(new byte[frames.length + index.length + 2 * Integer.BYTES + MARK.length]);
    file.put(frames).put(index).putInt(index.length).putInt((int) crc.getValue()).put(MARK);
    return file.array();
  }

  private static void readAll(FilmCache cache) {
    CacheIndex index = cache.index();
    for (int film = 0; film < index.films().size(); film++) {
      float[] frame = new float[index.frameLength()];
      for (int t = 0; t < index.films().get(film).frames(); t++) {
        if (index.freedom() > 0) {
          cache.state(film, t);
        }
        cache.read(film, t, frame, 0);
      }
    }
  }
}
