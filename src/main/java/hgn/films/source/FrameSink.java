package hgn.films.source;

/** Receives the frames of a film in order. */
@FunctionalInterface
public interface FrameSink {
  /** Receives the next frame. */
  void accept(Frame frame);
}
