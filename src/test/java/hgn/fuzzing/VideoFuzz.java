package hgn.fuzzing;

/** Videos, which {@code ffmpeg} reads; it may be replaced by a program that prints the input. */
public final class VideoFuzz {
  private static final Sandbox SANDBOX = new Sandbox();

  private VideoFuzz() {}

  /** Reads a video. */
  public static void fuzzerTestOneInput(byte[] data) {
    SANDBOX.write("film.mp4", data);
    Trial.read(() -> FilmReading.of(SANDBOX.folder().resolve("film.mp4"), ""));
    SANDBOX.empty();
  }
}
