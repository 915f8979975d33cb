package hgn.compare;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import hgn.files.StorageException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RunLabelsTest {
  @TempDir private Path folder;

  private Path run(String name) throws IOException {
    return Files.createDirectories(folder.resolve(name));
  }

  @Test
  void theNamesOfFoldersAreEnoughWhereTheyDiffer() throws IOException {
    assertEquals(List.of("one", "two"), RunLabels.of(List.of(run("x/one"), run("y/two"))));
  }

  @Test
  void elseAsMuchOfThePathsIsNamedAsTellsThemApart() throws IOException {
    assertEquals(
        List.of("x/runs/one", "y/runs/one", "x/runs/two"),
        RunLabels.of(List.of(run("x/runs/one"), run("y/runs/one"), run("x/runs/two"))));
  }

  @Test
  void aFolderMustNotBeNamedTwiceHoweverItIsWritten() throws IOException {
    Path run = run("x/one");
    Path again = folder.resolve("x/../x/one");
    String message =
        assertThrows(StorageException.class, () -> RunLabels.of(List.of(run, again))).getMessage();
    assertEquals(again + ": this run is named twice; name each run once", message);
  }

  @Test
  void longNamesHaveLettersInPicturesAndThenNumbers() {
    assertEquals(List.of("one", "two"), RunLabels.marks(List.of("one", "two")));
    assertEquals(List.of("A", "B"), RunLabels.marks(List.of("one", "two-with-a-very-long-name")));
    List<String> many = RunLabels.marks(Collections.nCopies(28, "a-name-of-nineteen-"));
    assertEquals(List.of("Y", "Z", "27", "28"), many.subList(24, 28));
  }
}
