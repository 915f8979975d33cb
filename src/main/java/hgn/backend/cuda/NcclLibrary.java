package hgn.backend.cuda;

import hgn.files.BundledLibrary;
import hgn.files.NativeAccess;
import hgn.tensor.DeviceException;
import hgn.tensor.DevicePeers;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Supplier;

/** NVIDIA's NCCL, where it is found. */
final class NcclLibrary implements DevicePeers.Library {
  /** System property; {@code off} forbids NCCL, and numbers go through the host's memory. */
  static final String PROPERTY = "hgn.nccl";

  static final String NAME = "libnccl.so.2";
  private static final String CALLS = "/native/linux-x86_64/libhgn4j_nccl.so";

  /** From 2.9 on, a version counts as 10000 major + 100 minor + patch. */
  private static final int NEW_COUNT = 10_000;

  private static boolean callsLoaded;

  private final Device device;
  private final Path file;
  private final int version;

  private NcclLibrary(Device device, Path file, int version) {
    this.device = device;
    this.file = file;
    this.version = version;
  }

  /**
   * Loads NCCL if it is found and not forbidden.
   *
   * @throws UnsupportedOperationException if it is found but cannot be used
   */
  static Optional<DevicePeers.Library> find(Device device, LibrarySearch search) {
    String wanted = System.getProperty(PROPERTY, "on");
    if (!wanted.equals("on") && !wanted.equals("off")) {
      throw new UnsupportedOperationException(
          "-D" + PROPERTY + "=" + wanted + " is neither on nor off");
    }
    return wanted.equals("off")
        ? Optional.empty()
        : search.find(NAME).map(file -> load(device, file));
  }

  private static DevicePeers.Library load(Device device, Path file) {
    try {
      loadCalls(file);
      device.bind();
      return new NcclLibrary(device, file, Nccl.load(file.toAbsolutePath().toString()));
    } catch (IllegalCallerException refusal) {
      throw NativeAccess.refused(NcclLibrary.class, refusal);
    } catch (IllegalStateException failure) {
      throw new UnsupportedOperationException(
          file
              + " cannot be used: "
              + failure.getMessage()
              + "; repair its installation, or train without NCCL by -D"
              + PROPERTY
              + "=off",
          failure);
    }
  }

  /** Loads the library that calls NCCL. A second copy of it would not know what the first found. */
  private static synchronized void loadCalls(Path file) {
    if (!callsLoaded) {
      BundledLibrary.of(
              NcclLibrary.class,
              CALLS,
              "this build cannot call " + file + "; build it again, or use -D" + PROPERTY + "=off")
          .load(library -> System.load(library.toString()));
      callsLoaded = true;
    }
  }

  @Override
  public String describe() {
    int unit = version < NEW_COUNT ? 1000 : NEW_COUNT;
    return "NCCL " + version / unit + "." + version % unit / 100 + "." + version % 100;
  }

  @Override
  public byte[] newGroup() {
    return call(Nccl::newId);
  }

  @Override
  public DevicePeers join(byte[] group, int rank, int size) {
    return new NcclPeers(this, device, call(() -> Nccl.join(group, rank, size)));
  }

  /** Calls NCCL. */
  <T> T call(Supplier<T> call) {
    device.bind();
    try {
      return call.get();
    } catch (IllegalStateException failure) {
      throw failed(failure);
    }
  }

  private DeviceException failed(IllegalStateException failure) {
    return new DeviceException(
        "["
            + describe()
            + "] "
            + failure.getMessage()
            + "; name the network interface with NCCL_SOCKET_IFNAME, or train without "
            + file
            + " by -D"
            + PROPERTY
            + "=off");
  }
}
