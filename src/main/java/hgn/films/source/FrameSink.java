package hgn.films.source;

/** Takes the frames of a film, one after the other. */
@FunctionalInterface
public interface FrameSink {
  /** The next frame. */
  void accept(Frame frame);
}
