package hgn.films.pictures;

import hgn.files.StorageException;
import hgn.films.source.DamagedFilmException;
import hgn.films.source.FileFilms;
import hgn.films.source.FilmFiles;
import hgn.films.source.Frame;
import hgn.films.source.FrameSink;
import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** MP4, MOV and AVI files, read by the user's {@code ffmpeg} in a separate process. */
public final class VideoFilms extends FileFilms {
  private static final String PROGRAM = "ffmpeg";
  private static final String GET_IT =
      "install ffmpeg (apt install ffmpeg, brew install ffmpeg, or ffmpeg.org), or cut the films into"
          + " PNG frames, a folder each";

  /** The line that ffmpeg prints for a video stream; file names and titles are on other lines. */
  private static final Pattern STREAM =
      Pattern.compile("(?m)^ *Stream #\\d+:\\d+[^\n]*?: Video: ([^\n]*)$");

  private static final Pattern SIZE = Pattern.compile("[ ,](\\d{1,5})x(\\d{1,5})(?:[ ,]|$)");
  private static final Pattern RATE = Pattern.compile("[ ,](\\d+(?:\\.\\d+)?)(k?) fps");
  private static final double THOUSAND = 1000;
  private static final int CHANNELS = 3;
  private static final int SECONDS = 20;

  /** Whatever a file holds, ffmpeg opens no other file and no address because of it. */
  private static final List<String> ONLY_THIS =
      List.of("-protocol_whitelist", "file", "-format_whitelist", "mov,mp4,m4a,3gp,3g2,mj2,avi");

  private static final List<String> RAW =
      List.of("-map", "0:v:0", "-f", "rawvideo", "-pix_fmt", "rgb24", "-vsync", "0", "-");
  private static final int MAX_MESSAGE = 1 << 16;

  public VideoFilms(List<Path> files) {
    super(files);
  }

  /** Checks the signatures of the containers: 'ftyp' and others of MP4 and MOV, RIFF of AVI. */
  public static boolean isVideo(byte[] head) {
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
    Matcher rate = RATE.matcher(stream(file(0)));
    if (!rate.find()) {
      return OptionalDouble.empty();
    }
    double fps = Double.parseDouble(rate.group(1)) * (rate.group(2).isEmpty() ? 1 : THOUSAND);
    return fps > 0 ? OptionalDouble.of(1 / fps) : OptionalDouble.empty();
  }

  /** What ffmpeg prints about the first video stream; empty if there is none. */
  private static String stream(Path file) {
    Matcher stream = STREAM.matcher(describe(file));
    return stream.find() ? stream.group(1) : "";
  }

  /** What ffmpeg prints about a file. */
  private static String describe(Path file) {
    Process process = start(command(file, List.of("-hide_banner"), List.of()), null);
    try (InputStream in = process.getInputStream()) {
      String text = new String(in.readNBytes(MAX_MESSAGE), StandardCharsets.UTF_8);
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

  /** A command line: options, the file as its only input, and options of the output. */
  private static List<String> command(Path file, List<String> options, List<String> output) {
    List<String> command = new ArrayList<>(List.of(PROGRAM));
    command.addAll(options);
    command.addAll(ONLY_THIS);
    command.addAll(List.of("-i", argument(file)));
    command.addAll(output);
    return command;
  }

  /** Makes the path unambiguous: a leading dash would be an option, a colon an address. */
  private static String argument(Path file) {
    return "file:" + file.toAbsolutePath();
  }

  /**
   * Starts ffmpeg.
   *
   * @param messages file for its error messages; null to merge them with the output
   */
  private static Process start(List<String> command, Path messages) {
    ProcessBuilder builder = new ProcessBuilder(command);
    builder.redirectInput(ProcessBuilder.Redirect.from(new File(nullDevice())));
    if (messages == null) {
      builder.redirectErrorStream(true);
    } else {
      builder.redirectError(messages.toFile());
    }
    try {
      return builder.start();
    } catch (IOException missing) {
      throw new StorageException(
          Path.of(PROGRAM), "video files are read by this program, which is not installed", GET_IT);
    }
  }

  private static String nullDevice() {
    return File.separatorChar == '\\' ? "NUL" : "/dev/null";
  }

  @Override
  public void read(int film, FrameSink sink) {
    Path file = file(film);
    Matcher size = SIZE.matcher(stream(file));
    if (!size.find()) {
      throw new DamagedFilmException(file, "ffmpeg finds no video in it");
    }
    int width = Integer.parseInt(size.group(1));
    int height = Integer.parseInt(size.group(2));
    if (width < 1 || height < 1 || width > Frame.LONGEST_SIDE || height > Frame.LONGEST_SIDE) {
      throw new DamagedFilmException(
          file, String.format(Locale.ROOT, "frames of %dx%d", width, height));
    }
    read(file, width, height, sink);
  }

  private static void read(Path file, int width, int height, FrameSink sink) {
    Path messages;
    try {
      messages = Files.createTempFile("hgn4j-ffmpeg", ".txt");
    } catch (IOException error) {
      throw new StorageException(Path.of(PROGRAM), "no room for its messages", error);
    }
    try {
      read(file, width, height, sink, messages);
    } finally {
      messages.toFile().delete();
    }
  }

  private static void read(Path file, int width, int height, FrameSink sink, Path messages) {
    Process process = start(command(file, List.of("-v", "error", "-noautorotate"), RAW), messages);
    int frames = 0;
    try (DataInputStream in =
        new DataInputStream(new BufferedInputStream(process.getInputStream()))) {
      byte[] pixels = new byte[width * height * CHANNELS];
      for (int first = in.read(); first >= 0; first = in.read()) {
        pixels[0] = (byte) first;
        in.readFully(pixels, 1, pixels.length - 1);
        sink.accept(Frame.ofBytes(width, height, CHANNELS, pixels));
        frames++;
      }
      boolean ended = process.waitFor(SECONDS, TimeUnit.SECONDS) && process.exitValue() == 0;
      String complaint = Files.readString(messages).strip();
      if (!ended || frames == 0 || !complaint.isEmpty()) {
        throw new DamagedFilmException(
            file,
            String.format(
                Locale.ROOT,
                "after %d frames ffmpeg says: %s",
                frames,
                complaint.lines().findFirst().orElse("nothing")));
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
