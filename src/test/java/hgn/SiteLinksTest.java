package hgn;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SiteLinksTest {
  @TempDir Path site;

  @Test
  void linksThatLeadSomewherePass() throws IOException {
    write("index.html", "<a href=\"sub/a.html#sin(hgn.Var)\">a</a><a href='https://x.y/'>x</a>");
    write(
        "sub/a.html",
        "<h2 id=\"sin(hgn.Var)\"></h2><img src=\"../b%20c.png\"><a href=\"../\">up</a>");
    write("b c.png", "");
    assertEquals(List.of(), new SiteLinks(site).broken());
  }

  @Test
  void linksThatLeadNowhereAreNamed() throws IOException {
    write("a.html", "<img src=\"gone.png\"><a href=\"#gone\"></a><a href=\"../out.html\"></a>");
    assertEquals(
        List.of(
            "a.html: gone.png: no such file",
            "a.html: #gone: no such anchor",
            "a.html: ../out.html: outside of the site"),
        new SiteLinks(site).broken());
  }

  private void write(String name, String content) throws IOException {
    Path file = site.resolve(name);
    Files.createDirectories(file.getParent());
    Files.writeString(file, content);
  }
}
