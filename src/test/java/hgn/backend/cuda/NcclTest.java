package hgn.backend.cuda;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hgn.tensor.Arena;
import hgn.tensor.Backend;
import hgn.tensor.Backends;
import hgn.tensor.DType;
import hgn.tensor.DeviceException;
import hgn.tensor.DevicePeers;
import hgn.tensor.Shape;
import hgn.tensor.Tensor;
import hgn.testing.backends.CudaEmulator;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A group of one device, which sends to itself, and what the stand-in for NCCL refuses. */
class NcclTest {
  private Backend cuda;
  private Arena arena;

  @BeforeEach
  void open() {
    CudaEmulator.install();
    cuda = Backends.get("cuda");
    arena = Arena.open("test");
  }

  @AfterEach
  void close() {
    System.clearProperty(NcclLibrary.PROPERTY);
    if (arena != null) { // else there is no emulator
      arena.close();
    }
  }

  private Tensor tensor(float... values) {
    return Tensor.of(cuda, DType.FLOAT32, Shape.of(values.length), values);
  }

  private static DevicePeers alone(DevicePeers.Library nccl) {
    return nccl.join(nccl.newGroup(), 0, 1);
  }

  private DevicePeers.Library nccl() {
    return cuda.peers().orElseThrow();
  }

  private static void assertRefused(String reason, Runnable work) {
    String message = assertThrows(DeviceException.class, work::run).getMessage();
    assertTrue(message.startsWith("[NCCL 2.21.3] " + reason), message);
    assertTrue(message.endsWith("libnccl.so.2 by -Dhgn.nccl=off"), message);
  }

  @Test
  void whatIsSentArrives() {
    try (DevicePeers peers = alone(nccl())) {
      Tensor sent = tensor(1, 2, 3);
      Tensor arrived = tensor(0, 0, 0, 0);
      peers.exchange(0, Optional.of(sent), Optional.of(arrived.rows(1, 3)));
      peers.await();
      assertArrayEquals(new float[] {0, 1, 2, 3}, arrived.toFloats());
      peers.exchange(0, Optional.empty(), Optional.empty());
      peers.await();
    }
  }

  @Test
  void furtherLooksForTheLibraryDisturbNoGroup() {
    try (DevicePeers peers = alone(nccl())) {
      for (int look = 0; look < 8; look++) {
        assertEquals("NCCL 2.21.3", nccl().describe());
      }
      Tensor arrived = tensor(0);
      peers.exchange(0, Optional.of(tensor(5)), Optional.of(arrived));
      peers.await();
      assertArrayEquals(new float[] {5}, arrived.toFloats());
    }
  }

  @Test
  void anotherLengthThanWasSentIsTold() {
    try (DevicePeers peers = alone(nccl())) {
      peers.exchange(0, Optional.of(tensor(1, 2, 3)), Optional.of(tensor(0, 0)));
      assertRefused(
          "an exchange: invalid usage (run with NCCL_DEBUG=WARN for details) (message truncated :"
              + " receiving 12 bytes instead of 8)",
          peers::await);
    }
  }

  @Test
  void aRankThatThereIsNotIsRefused() {
    try (DevicePeers peers = alone(nccl())) {
      assertRefused(
          "ncclSend: invalid argument (run with NCCL_DEBUG=WARN for details) (ncclSend : invalid"
              + " peer (1))",
          () -> peers.exchange(1, Optional.of(tensor(1)), Optional.empty()));
    }
  }

  @Test
  void whatIsNoGroupIsRefused() {
    assertRefused("an identity has 128 bytes", () -> nccl().join(new byte[3], 0, 1));
    assertRefused("ncclCommInitRank: invalid argument", () -> nccl().join(new byte[128], 0, 1));
    assertRefused("ncclCommInitRank: invalid argument", () -> nccl().join(nccl().newGroup(), 2, 2));
  }

  @Test
  void itIsForbiddenByAPropertyAndMayBeMissing(@TempDir Path folder) {
    System.setProperty(NcclLibrary.PROPERTY, "off");
    assertTrue(cuda.peers().isEmpty());
    System.setProperty(NcclLibrary.PROPERTY, "no");
    Exception wrong = assertThrows(UnsupportedOperationException.class, cuda::peers);
    assertEquals("-Dhgn.nccl=no is neither on nor off", wrong.getMessage());
    System.clearProperty(NcclLibrary.PROPERTY);
    assertTrue(NcclLibrary.find(null, new LibrarySearch(List.of(folder))).isEmpty());
  }

  @Test
  void aFileThatIsNoLibraryIsNamed(@TempDir Path folder) throws Exception {
    Path file = Files.writeString(folder.resolve(NcclLibrary.NAME), "nothing");
    Exception refused =
        assertThrows(
            UnsupportedOperationException.class,
            () -> NcclLibrary.find(new Device(0), new LibrarySearch(List.of(folder))));
    assertTrue(refused.getMessage().startsWith(file + " cannot be used: "), refused.getMessage());
    assertTrue(refused.getMessage().endsWith("by -Dhgn.nccl=off"), refused.getMessage());
  }
}
