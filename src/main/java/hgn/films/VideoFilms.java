package hgn.films;

import hgn.files.StorageException;
import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalDouble;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** MP4, MOV and AVI files, which the user's own {@code ffmpeg} reads in a process of its own. */
final class VideoFilms extends FileFilms {
  private static final String PROGRAM = "ffmpeg";
  private static final String GET_IT =
      "install ffmpeg (apt install ffmpeg, brew install ffmpeg, or ffmpeg.org), or cut the films into"
          + " PNG frames, a folder each";
  private static final Pattern SIZE =
      Pattern.compile("Video: .*?[ ,](\\d{1,5})x(\\d{1,5})[ ,\\[\n]");
  private static final Pattern RATE = Pattern.compile("Video: .*?([0-9.]+) fps");
  private static final int CHANNELS = 3;
  private static final int SECONDS = 20;
  private static final int LONGEST_MESSAGE = 1 << 16;

  VideoFilms(List<Path> files) {
    super(files);
  }

  /** By the marks of the two container formats: 'ftyp' and others of MP4 and MOV, RIFF of AVI. */
  static boolean isVideo(byte[] head) {
    String text = new String(head, StandardCharsets.ISO_8859_1);
    return text.startsWith("RIFF") && text.startsWith("AVI ", 8)
        || List.of("ftyp", "moov", "mdat", "wide", "free").stream()
            .anyMatch(mark -> text.startsWith(mark, 4));
  }

  @Override
  public String kind() {
    return files().size() == 1 ? "a video" : "videos";
  }

  @Override
  public OptionalDouble dt() {
    Matcher rate = RATE.matcher(describe(file(0)));
    return rate.find() && Double.parseDouble(rate.group(1)) > 0
        ? OptionalDouble.of(1 / Double.parseDouble(rate.group(1)))
        : OptionalDouble.empty();
  }

  /** What ffmpeg prints about a file. */
  private static String describe(Path file) {
    Process process = start(List.of(PROGRAM, "-hide_banner", "-i", argument(file)), true);
    try (InputStream in = process.getInputStream()) {
      String text = new String(in.readNBytes(LONGEST_MESSAGE), StandardCharsets.UTF_8);
      process.waitFor(SECONDS, TimeUnit.SECONDS);
      return text;
    } catch (IOException error) {
      throw new DamagedFilmException(file, FilmFiles.reason(error));
    } catch (InterruptedException stop) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while ffmpeg looked at " + file, stop);
    } finally {
      process.destroyForcibly();
    }
  }

  /** A name that begins with a dash would be an option, one with a colon an address. */
  private static String argument(Path file) {
    return "file:" + file.toAbsolutePath();
  }

  private static Process start(List<String> command, boolean withMessages) {
    ProcessBuilder builder = new ProcessBuilder(command);
    builder.redirectInput(ProcessBuilder.Redirect.from(new File(nullDevice())));
    if (withMessages) {
      builder.redirectErrorStream(true);
    } else {
      builder.redirectError(ProcessBuilder.Redirect.DISCARD);
    }
    try {
      return builder.start();
    } catch (IOException missing) {
      throw new StorageException(
          Path.of(PROGRAM), "video files are read by this program, which is not here", GET_IT);
    }
  }

  private static String nullDevice() {
    return File.separatorChar == '\\' ? "NUL" : "/dev/null";
  }

  @Override
  public void read(int film, FrameSink sink) {
    Path file = file(film);
    Matcher size = SIZE.matcher(describe(file));
    if (!size.find()) {
      throw new DamagedFilmException(file, "ffmpeg finds no video in it");
    }
    int width = Integer.parseInt(size.group(1));
    int height = Integer.parseInt(size.group(2));
    if (width < 1 || height < 1 || width > Frame.LONGEST_SIDE || height > Frame.LONGEST_SIDE) {
      throw new DamagedFilmException(file, "frames of %dx%d".formatted(width, height));
    }
    read(file, width, height, sink);
  }

  private static void read(Path file, int width, int height, FrameSink sink) {
    Process process =
        start(
            List.of(
                PROGRAM,
                "-v",
                "error",
                "-noautorotate",
                "-i",
                argument(file),
                "-map",
                "0:v:0",
                "-f",
                "rawvideo",
                "-pix_fmt",
                "rgb24",
                "-vsync",
                "0",
                "-"),
            false);
    int frames = 0;
    try (DataInputStream in =
        new DataInputStream(new BufferedInputStream(process.getInputStream()))) {
      byte[] pixels = new byte[width * height * CHANNELS];
      while (true) {
        int first = in.read();
        if (first < 0) {
          break;
        }
        pixels[0] = (byte) first;
        in.readFully(pixels, 1, pixels.length - 1);
        sink.accept(Frame.ofBytes(width, height, CHANNELS, pixels));
        frames++;
      }
      if (!process.waitFor(SECONDS, TimeUnit.SECONDS) || process.exitValue() != 0 || frames == 0) {
        throw new DamagedFilmException(
            file, "ffmpeg reads %d frames of it and then fails".formatted(frames));
      }
    } catch (EOFException cut) {
      throw new DamagedFilmException(file, "ffmpeg stops in the middle of frame " + frames);
    } catch (IOException error) {
      throw new DamagedFilmException(file, FilmFiles.reason(error));
    } catch (InterruptedException stop) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while ffmpeg read " + file, stop);
    } finally {
      process.destroyForcibly();
    }
  }
}
