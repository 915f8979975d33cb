package hgn.films.source;

/** Size and channels of a frame. */
public record FrameShape(int width, int height, int channels) {}
