package hgn.images;

import hgn.files.PrivateFolder;
import java.awt.Font;
import java.awt.font.FontRenderContext;
import java.awt.font.TextLayout;
import java.awt.image.BufferedImage;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;

/**
 * The letters of all pictures: DejaVu Sans, which the jar brings. So a machine needs no fonts, and
 * a picture is the same on all of them.
 */
public final class Lettering {
  /** What to install where letters cannot be drawn. */
  static final String REMEDY = "install fontconfig, fonts-dejavu-core and libfreetype6";

  private static final String FONT = "DejaVuSans.ttf";

  /** The JDK's description of all fonts, instead of which it would ask fontconfig. */
  private static final String DESCRIPTION = "sun.awt.fontconfig";

  private static volatile boolean alone;

  private final Font font;
  private final String trouble;

  private Lettering(Font font, String trouble) {
    this.font = font;
    this.trouble = trouble;
  }

  /** Found out when the first letter is drawn. */
  private static final class Found {
    static final Lettering IT = find();
  }

  /**
   * Says that this process draws with no other font. On Linux, Java then needs neither fontconfig
   * nor fonts of the machine; without, a newer one does not start its text engine where these are
   * missing. To be called before anything is drawn; not for programs that draw texts of their own.
   */
  public static void useAlone() {
    alone = true;
  }

  /** The font, or empty where Java's text engine does not work, of which a warning then tells. */
  public static Optional<Font> font(float size) {
    trouble().ifPresent(Drawing::warn);
    return Optional.ofNullable(Found.IT.font).map(found -> found.deriveFont(size));
  }

  /**
   * The font.
   *
   * @throws UndrawableException where Java's text engine does not work
   */
  public static Font required(float size) {
    return font(size).orElseThrow(() -> new UndrawableException(Found.IT.trouble, null));
  }

  /** Why letters cannot be drawn, with the remedy; empty if they can. */
  public static Optional<String> trouble() {
    return Optional.ofNullable(Found.IT.trouble);
  }

  private static Lettering find() {
    // without pixels there is more to tell than that letters are missing
    new BufferedImage(1, 1, BufferedImage.TYPE_INT_RGB);
    Path file;
    try {
      file = unpack();
    } catch (IOException unwritable) {
      return none(unwritable, "set -Djava.io.tmpdir to a folder that can be written");
    }
    try {
      if (alone) {
        describe(file);
      }
      Font font = Font.createFont(Font.TRUETYPE_FONT, file.toFile());
      FontRenderContext context = new FontRenderContext(null, true, true);
      // charts draw in this way: it takes all parts of the engine
      if (new TextLayout("Hgn", font.deriveFont(12f), context)
          .getOutline(null)
          .getBounds()
          .isEmpty()) {
        throw new IOException("its letters are empty");
      }
      return new Lettering(font, null);
    } catch (OutOfMemoryError full) {
      throw full;
    } catch (Exception | Error missing) { // what a JDK throws here depends on what it lacks
      return none(missing, REMEDY);
    }
  }

  private static Lettering none(Throwable reason, String remedy) {
    return new Lettering(
        null,
        "no charts, and pictures without words: Java cannot draw text here ("
            + Drawing.reason(reason)
            + "); "
            + remedy);
  }

  /** Java reads fonts from files alone. */
  private static Path unpack() throws IOException {
    Path folder = PrivateFolder.untilExit(Path.of(System.getProperty("java.io.tmpdir")));
    Path file = folder.resolve(FONT);
    file.toFile().deleteOnExit();
    try (InputStream font = Lettering.class.getResourceAsStream(FONT)) {
      if (font == null) {
        throw new FileNotFoundException(FONT + " is not in the jar");
      }
      Files.copy(font, file);
    }
    return file;
  }

  /** Names the font as the only one, under all names that Java has for its own. */
  private static void describe(Path font) throws IOException {
    if (!System.getProperty("os.name").toLowerCase(Locale.ROOT).contains("linux")
        || System.getProperty(DESCRIPTION) != null) {
      return;
    }
    StringBuilder text = new StringBuilder("version=1\nsequence.allfonts=latin-1\n");
    for (String family :
        new String[] {"serif", "sansserif", "monospaced", "dialog", "dialoginput"}) {
      for (String style : new String[] {"plain", "bold", "italic", "bolditalic"}) {
        text.append(family).append('.').append(style).append(".latin-1=DejaVu Sans\n");
      }
    }
    text.append("filename.DejaVu_Sans=").append(font).append('\n');
    Path description = font.resolveSibling("fontconfig.properties");
    description.toFile().deleteOnExit();
    Files.writeString(description, text, StandardCharsets.ISO_8859_1);
    System.setProperty(DESCRIPTION, description.toString());
  }
}
