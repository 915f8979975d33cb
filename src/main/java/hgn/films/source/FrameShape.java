package hgn.films.source;

/** Size of a frame, and its channels. */
public record FrameShape(int width, int height, int channels) {}
