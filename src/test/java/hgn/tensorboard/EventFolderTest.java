package hgn.tensorboard;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Files of a run that was stopped, died and was resumed. */
class EventFolderTest {
  @TempDir private Path temporary;
  private Path path;
  private EventFolder folder;

  @BeforeEach
  void make() {
    path = temporary.resolve("run/tensorboard");
    folder = new EventFolder(path);
  }

  private void write(long from, long to) throws IOException {
    try (EventFile file = folder.begin(from)) {
      for (long step = from; step <= to; step++) {
        file.write(step, new Summary().scalar("x", step));
      }
    }
  }

  private List<Long> steps() throws IOException {
    List<Long> steps = new ArrayList<>();
    for (ReadEvent event : ReadEvent.all(folder.files())) {
      if (!event.values().isEmpty()) {
        steps.add(event.step());
      }
    }
    return steps;
  }

  @Test
  void aFileBeginsWithItsVersionAndTheSession() throws IOException {
    write(7, 7);
    List<ReadEvent> events = ReadEvent.all(folder.files().get(0));
    assertEquals("brain.Event:2", events.get(0).version());
    assertTrue(events.get(1).starts());
    assertEquals(7, events.get(1).step());
    assertEquals(3, events.size());
  }

  @Test
  void namesAreOnesThatTensorBoardFindsAndInOrder() throws IOException {
    for (int i = 0; i < 4; i++) {
      write(1 + 2 * i, 2 + 2 * i); // within one second
    }
    List<Path> files = folder.files();
    assertEquals(4, files.size());
    for (Path file : files) {
      String name = file.getFileName().toString();
      assertTrue(name.matches("events\\.out\\.tfevents\\.\\d{10}\\.\\S+"), name);
    }
    assertEquals(List.of(1L, 2L, 3L, 4L, 5L, 6L, 7L, 8L), steps());
  }

  @ParameterizedTest
  @ValueSource(longs = {0, 1, 3, 4, 5, 6, 8, 9})
  void whatWasMadeInVainIsForgottenInEveryFile(long checkpoint) throws IOException {
    write(1, 4);
    write(5, 8);
    folder.cutAfter(checkpoint);
    assertEquals(checkpoint > 4 ? 2 : checkpoint > 0 ? 1 : 0, folder.files().size());
    write(checkpoint + 1, 9);
    List<Long> all = new ArrayList<>(List.of(1L, 2L, 3L, 4L, 5L, 6L, 7L, 8L, 9L));
    assertEquals(checkpoint == 9 ? all.subList(0, 8) : all, steps());
  }

  @Test
  void halfARecordIsCutOffAndWholeOnesStayAsTheyAre() throws IOException {
    write(1, 3);
    Path file = folder.files().get(0);
    byte[] whole = Files.readAllBytes(file);
    Files.write(file, Arrays.copyOf(whole, 20), StandardOpenOption.APPEND);
    folder.cutAfter(3);
    assertArrayEquals(whole, Files.readAllBytes(file));
    for (int length = 1; length < 30; length++) {
      Files.write(file, Arrays.copyOf(whole, whole.length - length));
      folder.cutAfter(3);
      assertEquals(List.of(1L, 2L), steps().subList(0, 2), "without " + length + " bytes");
      assertTrue(Files.size(file) < whole.length);
    }
  }

  @Test
  void behindADamagedRecordNothingIsKept() throws IOException {
    write(1, 5);
    Path file = folder.files().get(0);
    byte[] bytes = Files.readAllBytes(file);
    bytes[bytes.length * 3 / 4] ^= 1;
    Files.write(file, bytes);
    folder.cutAfter(5);
    List<Long> kept = steps();
    assertEquals(List.of(1L, 2L, 3L, 4L).subList(0, kept.size()), kept);
    assertTrue(!kept.isEmpty() && kept.size() < 5, kept.toString());
    write(kept.size() + 1, 5);
    assertEquals(List.of(1L, 2L, 3L, 4L, 5L), steps());
  }

  @Test
  void filesOfOthersStay() throws IOException {
    Files.createDirectories(path);
    Path note = Files.writeString(path.resolve("notes.txt"), "mine");
    Path other = Files.writeString(path.resolve("events.out.tfevents.mine"), "no seconds");
    folder.cutAfter(0);
    assertEquals("mine", Files.readString(note));
    assertEquals("no seconds", Files.readString(other));
    assertEquals(List.of(), folder.files());
  }

  @Test
  void ofAFolderThatIsNotThereNothingIsCut() throws IOException {
    folder.cutAfter(5);
    assertTrue(Files.notExists(path));
  }
}
