package hgn.films.source;

import java.nio.file.Path;
import java.util.List;
import java.util.OptionalDouble;

/** Films in files of one format, indexed from 0. */
public interface FilmSource extends AutoCloseable {
  /** The kind of source, as text, such as "folders of pictures". */
  String kind();

  /** Names of the films, in order. */
  List<String> films();

  /** The files that a film's frames depend on. */
  List<Path> files();

  /**
   * The shape of the first frame.
   *
   * @throws DamagedFilmException if no film can be read
   */
  default FrameShape shape() {
    Frame first = FirstFrame.of(this);
    return new FrameShape(first.width(), first.height(), first.channels());
  }

  /** Time between frames in seconds, if the files store it. */
  OptionalDouble dt();

  /** The mean of the static background over all channels, if the files store it. */
  default OptionalDouble background() {
    return OptionalDouble.empty();
  }

  /** Whether frames need more than 8 bits per value, which a cache must keep. */
  boolean isFloat();

  /**
   * Whether films may be read concurrently and in any order; otherwise all must be read in order.
   */
  boolean isRandomAccess();

  /**
   * Reads the frames of a film in order.
   *
   * @throws DamagedFilmException if this film cannot be read
   * @throws hgn.files.StorageException if no film can be read
   */
  void read(int film, FrameSink sink);

  @Override
  default void close() {
    // most sources have nothing to close
  }
}
