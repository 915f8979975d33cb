package hgn.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hgn.files.StorageException;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DocumentTest {
  @TempDir private Path folder;

  private Document document() throws IOException {
    Path picture = Files.createDirectories(folder.resolve("pictures")).resolve("a.png");
    ImageIO.write(new BufferedImage(2, 2, BufferedImage.TYPE_INT_RGB), "png", picture.toFile());
    return new Document("Errors & such")
        .section("Table 1")
        .paragraph("x < y")
        .table(
            List.of("model", "MSE", "target"),
            List.of(List.of("HGN | Euler", "14.96", "reached"), List.of("HNN", "-", "-")))
        .code("hgn4j reproduce table1\n")
        .picture(picture, "a film");
  }

  @Test
  void isOneHtmlFileThatNeedsNoOther() throws IOException {
    Path file = folder.resolve("report.html");
    HtmlPage.write(document(), file);
    String html = Files.readString(file);
    assertTrue(html.contains("<h1>Errors &amp; such</h1>"), html);
    assertTrue(html.contains("<p>x &lt; y</p>"), html);
    assertTrue(
        html.contains(
            "<tr><td>HGN | Euler</td><td class=\"number\">14.96</td><td>reached</td></tr>"),
        html);
    assertTrue(html.contains("src=\"data:image/png;base64,iVBOR"), html);
    assertFalse(html.contains("pictures/"), html);
  }

  @Test
  void isMarkdownWithRelativePaths() throws IOException {
    Path file = folder.resolve("report.md");
    MarkdownPage.write(document(), file);
    assertEquals(
        """
        # Errors & such

        ## Table 1

        x < y

        | model | MSE | target |
        | --- | ---: | --- |
        | HGN \\| Euler | 14.96 | reached |
        | HNN | - | - |

        ```
        hgn4j reproduce table1
        ```

        ![a film](pictures/a.png)
        """,
        Files.readString(file));
  }

  @Test
  void refusesRowsOfAnotherLength() {
    Document document = new Document("x");
    List<List<String>> rows = List.of(List.of("only one"));
    assertThrows(IllegalArgumentException.class, () -> document.table(List.of("a", "b"), rows));
  }

  @Test
  void saysWhichPictureIsMissing() {
    Path missing = folder.resolve("none.png");
    Document document = new Document("x").picture(missing, "none");
    StorageException error =
        assertThrows(
            StorageException.class, () -> HtmlPage.write(document, folder.resolve("x.html")));
    assertTrue(error.getMessage().contains("none.png"), error.getMessage());
  }
}
