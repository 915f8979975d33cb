package hgn.testing.golden;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.io.OutputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Reference vectors in a folder, and packed as they are for a machine without Maven. */
class GoldenFolderTest {
  @TempDir Path folder;

  @Test
  void aFolderIsItself() throws IOException {
    assertEquals(folder, GoldenFolder.of(folder.toUri().toURL()));
  }

  @Test
  void filesInAJarAreUnpacked() throws IOException {
    Path jar = folder.resolve("with space.jar");
    try (OutputStream file = Files.newOutputStream(jar);
        JarOutputStream entries = new JarOutputStream(file)) {
      entries.putNextEntry(new JarEntry("golden/"));
      entries.putNextEntry(new JarEntry("golden/case.txt"));
      entries.write("reference".getBytes(StandardCharsets.UTF_8));
    }
    Path unpacked = GoldenFolder.of(URI.create("jar:" + jar.toUri() + "!/golden").toURL());
    assertEquals("reference", Files.readString(unpacked.resolve("case.txt")));
  }
}
