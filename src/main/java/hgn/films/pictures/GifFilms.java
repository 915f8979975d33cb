package hgn.films.pictures;

import hgn.films.source.DamagedFilmException;
import hgn.films.source.FileFilms;
import hgn.films.source.FilmFiles;
import hgn.films.source.Frame;
import hgn.films.source.FrameSink;
import java.awt.AlphaComposite;
import java.awt.Graphics2D;
import java.awt.Rectangle;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalDouble;
import java.util.concurrent.Callable;
import javax.imageio.ImageIO;
import javax.imageio.ImageReader;
import javax.imageio.metadata.IIOMetadata;
import javax.imageio.stream.ImageInputStream;
import org.w3c.dom.Element;
import org.w3c.dom.Node;
import org.w3c.dom.NodeList;

/**
 * Animated GIF files, one film each. The first delay of the first file is the time between frames.
 */
public final class GifFilms extends FileFilms {
  /** Seconds per unit of a GIF's delay. */
  private static final double DELAY_UNIT = 0.01;

  public GifFilms(List<Path> files) {
    super(files);
  }

  public static boolean isGif(byte[] head) {
    return head.length > 5 && head[0] == 'G' && head[1] == 'I' && head[2] == 'F' && head[3] == '8';
  }

  @Override
  public String kind() {
    return files().size() == 1 ? "an animated GIF" : "animated GIFs";
  }

  @Override
  public OptionalDouble dt() {
    try (ImageInputStream in = ImageIO.createImageInputStream(file(0).toFile())) {
      ImageReader reader = reader();
      reader.setInput(in, true, false);
      int delay = Part.of(reader.getImageMetadata(0)).delay;
      reader.dispose();
      return delay > 0 ? OptionalDouble.of(delay * DELAY_UNIT) : OptionalDouble.empty();
    } catch (IOException | RuntimeException damaged) {
      return OptionalDouble.empty(); // reported when the film is read
    }
  }

  private static ImageReader reader() {
    return ImageIO.getImageReadersByFormatName("gif").next();
  }

  @Override
  public void read(int film, FrameSink sink) {
    Path file = file(film);
    ImageReader reader = reader();
    try (ImageInputStream in = open(file)) {
      reader.setInput(in, true, false);
      Canvas canvas = whole(file, () -> new Canvas(file, reader));
      for (int k = 0; whole(file, canvas::hasNext); k++) {
        sink.accept(whole(file, canvas::next));
      }
    } catch (IOException error) {
      throw new DamagedFilmException(file, FilmFiles.reason(error));
    } finally {
      reader.dispose();
    }
  }

  private static ImageInputStream open(Path file) throws IOException {
    ImageInputStream in =
        Files.isReadable(file) ? ImageIO.createImageInputStream(file.toFile()) : null;
    if (in == null) {
      throw new DamagedFilmException(file, "it cannot be read");
    }
    return in;
  }

  /** Calls a decoder, which throws various exceptions for malformed files. */
  private static <T> T whole(Path file, Callable<T> decoder) {
    try {
      return decoder.call();
    } catch (DamagedFilmException known) {
      throw known;
    } catch (Exception error) {
      throw new DamagedFilmException(file, "not a whole GIF (" + FilmFiles.reason(error) + ")");
    }
  }

  /** The composed picture: a frame may cover only a part of it. */
  private static final class Canvas {
    private final Path file;
    private final ImageReader reader;
    private final Rectangle screen;
    private BufferedImage picture;
    private int shown;

    Canvas(Path file, ImageReader reader) throws IOException {
      this.file = file;
      this.reader = reader;
      screen = screen(reader.getStreamMetadata());
      PictureFile.requireSize(
          screen.width, screen.height, Frame.LONGEST_SIDE, Files.size(file), file);
      picture = new BufferedImage(screen.width, screen.height, BufferedImage.TYPE_INT_ARGB);
    }

    boolean hasNext() throws IOException {
      try {
        reader.getWidth(shown);
        return true;
      } catch (IndexOutOfBoundsException end) {
        return false;
      }
    }

    Frame next() throws IOException {
      Part part = Part.of(reader.getImageMetadata(shown));
      if (!screen.contains(part.place)) {
        throw new DamagedFilmException(file, "its frame " + shown + " reaches out of the picture");
      }
      BufferedImage before = part.isRestored() ? copy(picture) : null;
      Graphics2D pen = picture.createGraphics();
      pen.drawImage(reader.read(shown), part.place.x, part.place.y, null);
      Frame frame = PictureFile.frame(picture, file);
      if (part.isCleared()) {
        pen.setComposite(AlphaComposite.Clear);
        pen.fill(part.place);
      }
      pen.dispose();
      picture = before == null ? picture : before;
      shown++;
      return frame;
    }
  }

  private static BufferedImage copy(BufferedImage image) {
    BufferedImage copy = new BufferedImage(image.getWidth(), image.getHeight(), image.getType());
    image.copyData(copy.getRaster());
    return copy;
  }

  private static Rectangle screen(IIOMetadata metadata) {
    Element screen = element(metadata, "LogicalScreenDescriptor");
    return new Rectangle(
        number(screen, "logicalScreenWidth"), number(screen, "logicalScreenHeight"));
  }

  /** Returns null if there is none. */
  private static Element element(IIOMetadata metadata, String name) {
    Node root = metadata.getAsTree(metadata.getNativeMetadataFormatName());
    NodeList children = root.getChildNodes();
    for (int i = 0; i < children.getLength(); i++) {
      if (children.item(i).getNodeName().equals(name)) {
        return (Element) children.item(i);
      }
    }
    return null;
  }

  private static int number(Element element, String attribute) {
    return Integer.parseInt(element.getAttribute(attribute));
  }

  /**
   * Position, disposal method and duration of a frame.
   *
   * @param delay duration in hundredths of a second
   */
  private record Part(Rectangle place, String disposal, int delay) {
    static Part of(IIOMetadata metadata) {
      Element image = element(metadata, "ImageDescriptor");
      Element control = element(metadata, "GraphicControlExtension");
      return new Part(
          new Rectangle(
              number(image, "imageLeftPosition"),
              number(image, "imageTopPosition"),
              number(image, "imageWidth"),
              number(image, "imageHeight")),
          control == null ? "" : control.getAttribute("disposalMethod"),
          control == null ? 0 : number(control, "delayTime"));
    }

    boolean isCleared() {
      return disposal.equals("restoreToBackgroundColor");
    }

    boolean isRestored() {
      return disposal.equals("restoreToPrevious");
    }
  }
}
