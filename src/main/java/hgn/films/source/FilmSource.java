package hgn.films.source;

import java.nio.file.Path;
import java.util.List;
import java.util.OptionalDouble;

/** Films in files of one format. Films have numbers from 0. */
public interface FilmSource extends AutoCloseable {
  /** What it is, in words, such as "folders of pictures". */
  String kind();

  /** Names of the films, in order. */
  List<String> films();

  /** The files that a film's frames depend on. */
  List<Path> files();

  /**
   * That of the first frame.
   *
   * @throws DamagedFilmException if no film can be read
   */
  default FrameShape shape() {
    Frame first = FirstFrame.of(this);
    return new FrameShape(first.width(), first.height(), first.channels());
  }

  /** Time between frames in seconds, where the files tell it. */
  OptionalDouble dt();

  /** The mean of the colours of what stands still, where the files tell it. */
  default OptionalDouble background() {
    return OptionalDouble.empty();
  }

  /** Whether frames have values between those of bytes, which a cache must keep. */
  boolean isFloat();

  /** Whether several threads may read films at once, in any order; if not, all in order. */
  boolean isRandomAccess();

  /**
   * Gives the frames of a film, the first one first.
   *
   * @throws DamagedFilmException if the film cannot be read, though others may
   * @throws hgn.files.StorageException if none can
   */
  void read(int film, FrameSink sink);

  @Override
  default void close() {
    // most hold nothing open
  }
}
