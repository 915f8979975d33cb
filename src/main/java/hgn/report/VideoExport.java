package hgn.report;

import hgn.files.AtomicFile;
import hgn.files.StorageException;
import hgn.images.Drawing;
import java.awt.image.BufferedImage;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;

/**
 * Films side by side as an MP4 file, which the user's own {@code ffmpeg} makes of the frames of
 * {@link LabelledFilms}.
 *
 * @param start time of frame 0 in seconds
 * @param dt time between frames in seconds, as shown
 * @param scale pixels of the picture for each pixel of a frame
 * @param pace time for which each frame is seen, in seconds
 */
public record VideoExport(double start, double dt, int scale, double pace) {
  /** What to do where there is no ffmpeg. */
  public static final String REMEDY =
      "MP4 files are made by ffmpeg, which is not here; install it (apt install ffmpeg, brew"
          + " install ffmpeg, or ffmpeg.org), or take a GIF";

  private static final String PROGRAM = "ffmpeg";
  private static final long PATIENCE_SECONDS = 60;

  /** Returns whether there is an ffmpeg. */
  public static boolean isPossible() {
    try {
      Process process =
          new ProcessBuilder(PROGRAM, "-version")
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .redirectError(ProcessBuilder.Redirect.DISCARD)
              .start();
      process.getOutputStream().close();
      return process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS) && process.exitValue() == 0;
    } catch (IOException missing) {
      return false;
    } catch (InterruptedException stop) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  /**
   * Writes the films, which must agree in length and resolution.
   *
   * @throws StorageException if there is no ffmpeg, or it fails
   */
  public void write(Path file, List<Film> films) {
    Films.requireAlike(films);
    AtomicFile.writeFile(file, unfinished -> encodeOrTellWhy(file, unfinished, films));
  }

  private void encodeOrTellWhy(Path file, Path unfinished, List<Film> films) {
    Path messages = null;
    try {
      messages = Files.createTempFile("hgn4j-ffmpeg", ".txt");
      encode(unfinished, films, messages);
    } catch (IOException error) {
      throw new StorageException(file, "ffmpeg could not write it", reason(messages, error));
    } finally {
      delete(messages);
    }
  }

  private void encode(Path file, List<Film> films, Path messages) throws IOException {
    LabelledFilms drawn = new LabelledFilms(start, dt, scale);
    BufferedImage first = Drawing.made(() -> drawn.draw(films, 0));
    // the usual way to code colours takes them for squares of two by two pixels
    int width = first.getWidth() / 2 * 2;
    int height = first.getHeight() / 2 * 2;
    Process process =
        new ProcessBuilder(
                PROGRAM,
                "-v",
                "error",
                "-y",
                "-f",
                "rawvideo",
                "-pix_fmt",
                "rgb24",
                "-s",
                width + "x" + height,
                "-r",
                String.format(Locale.ROOT, "%.4f", 1 / pace),
                "-i",
                "-",
                "-pix_fmt",
                "yuv420p",
                "-movflags",
                "+faststart",
                "-f",
                "mp4",
                "file:" + file.toAbsolutePath())
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .redirectError(messages.toFile())
            .start();
    try {
      try (OutputStream pixels = new BufferedOutputStream(process.getOutputStream())) {
        for (int t = 0; t < films.get(0).length(); t++) {
          pixels.write(bytes(drawn.draw(films, t), width, height));
        }
      }
      if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS) || process.exitValue() != 0) {
        throw new IOException("ffmpeg failed");
      }
    } catch (InterruptedException stop) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted", stop);
    } finally {
      process.destroyForcibly();
    }
  }

  private static byte[] bytes(BufferedImage picture, int width, int height) {
    byte[] bytes = new byte[3 * width * height];
    for (int i = 0; i < width * height; i++) {
      int rgb = picture.getRGB(i % width, i / width);
      bytes[3 * i] = (byte) (rgb >> 16);
      bytes[3 * i + 1] = (byte) (rgb >> 8);
      bytes[3 * i + 2] = (byte) rgb;
    }
    return bytes;
  }

  /** The last line that ffmpeg wrote, or what else went wrong. */
  private static String reason(Path messages, IOException error) {
    try {
      String text = messages == null ? "" : Files.readString(messages, StandardCharsets.UTF_8);
      String[] lines = text.strip().split("\\R");
      String last = lines[lines.length - 1];
      return last.isEmpty() ? REMEDY : "it says: " + last;
    } catch (IOException unreadable) {
      return String.valueOf(error.getMessage());
    }
  }

  private static void delete(Path file) {
    try {
      if (file != null) {
        Files.deleteIfExists(file);
      }
    } catch (IOException left) {
      // a temporary file that stays harms nobody
    }
  }
}
