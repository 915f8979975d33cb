package hgn.backend.cuda;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Where libraries are searched for, in a file system made for the test. */
class LibrarySearchTest {
  @TempDir Path root;

  private Path folder(String path) throws IOException {
    return Files.createDirectories(root.resolve(path));
  }

  private List<Path> folders(String property, Map<String, String> environment) {
    return LibrarySearch.folders(root, property, environment);
  }

  @Test
  void theOrderIsThatOfTheUsersWishes() throws IOException {
    Path system = folder("usr/lib/x86_64-linux-gnu");
    Path old = folder("usr/local/cuda-12.4/lib64");
    Path recent = folder("usr/local/cuda-13.0/lib64");
    Path home = folder("opt/toolkit/lib64");
    Path linker = folder("opt/linker");
    Path one = folder("own/one");
    Path two = folder("own/two");
    assertEquals(
        List.of(one, two, linker, home, recent, old, system, root.resolve("usr/lib")),
        folders(
            "/own/one:/own/two",
            Map.of("LD_LIBRARY_PATH", "/opt/linker", "CUDA_HOME", "/opt/toolkit")));
  }

  @Test
  void pythonEnvironmentsAreSearched() throws IOException {
    Path dnn = folder("home/me/env/lib/python3.11/site-packages/nvidia/cudnn/lib");
    Path blas = folder("home/me/env/lib/python3.11/site-packages/nvidia/cublas/lib");
    Path user = folder("home/me/.local/lib/python3.9/site-packages/nvidia/cu13/lib");
    Path debian = folder("usr/lib/python3/dist-packages/nvidia/cudnn/lib");
    List<Path> found = folders("", Map.of("VIRTUAL_ENV", "/home/me/env", "HOME", "/home/me"));
    assertTrue(found.containsAll(List.of(dnn, blas, user, debian)), found.toString());
    assertTrue(found.indexOf(blas) < found.indexOf(user), "the active environment comes first");
  }

  @Test
  void theLinkersConfigurationIsRead() throws IOException {
    Path named = folder("opt/vendor/lib");
    Files.writeString(
        folder("etc/ld.so.conf.d").resolve("vendor.conf"), "# its own\n/opt/vendor/lib\n");
    assertEquals(List.of(named), folders("", Map.of()));
  }

  @Test
  void foldersThatAreNotThereAreLeftOutAndNoneComesTwice() throws IOException {
    Path one = folder("own/one");
    assertEquals(
        List.of(one),
        folders("/own/none:/own/one:", Map.of("LD_LIBRARY_PATH", "/own/one:/own/one")));
    assertEquals(List.of(), folders("", Map.of()));
  }

  @Test
  void theFirstFileOfTheNameIsFoundAndNoFolder() throws IOException {
    Path one = folder("one");
    Path two = folder("two");
    folder("one/libx.so.1");
    Path file = Files.writeString(two.resolve("libx.so.1"), "");
    LibrarySearch search = new LibrarySearch(List.of(one, two));
    assertEquals(Optional.of(file), search.find("libx.so.1"));
    assertEquals(Optional.empty(), search.find("libx.so"));
    assertTrue(search.advice().contains("2 folders"), search.advice());
  }
}
