package hgn.backend.cuda;

import hgn.tensor.Backend;
import hgn.tensor.BackendProvider;
import hgn.tensor.DeviceException;
import hgn.tensor.DeviceMemoryError;
import hgn.tensor.DeviceNotFoundException;
import java.util.List;
import java.util.Locale;
import java.util.function.BiFunction;

/** Offers the {@link CudaBackend} on machines with an NVIDIA GPU and the CUDA libraries. */
public final class CudaBackendProvider implements BackendProvider {
  private static CudaBackend instance;
  private static int ordinal;

  @Override
  public String name() {
    return CudaBackend.NAME;
  }

  @Override
  public int priority() {
    return 20;
  }

  @Override
  public List<String> details() {
    return KernelBuild.ofThisProgram().map(KernelBuild::describe).stream().toList();
  }

  @Override
  public List<String> devices() {
    return withDriver((libraries, natives) -> Device.identities());
  }

  @Override
  public void choose(int device) {
    setOrdinal(device);
  }

  private static synchronized void setOrdinal(int device) {
    if (instance != null && device != ordinal) {
      throw new IllegalStateException(
          "[cuda] device " + ordinal + " is open; choose " + device + " before the first use");
    }
    ordinal = device;
  }

  @Override
  public Backend get() {
    return loaded();
  }

  /** Loads the backend. After a failure the next call tries again, since the cause may be gone. */
  private static synchronized Backend loaded() {
    if (instance == null) {
      instance = load();
    }
    return instance;
  }

  private static CudaBackend load() {
    return withDriver(
        (libraries, natives) -> {
          Device device = new Device(ordinal);
          libraries.loadMathematics(device.driverVersion());
          natives.loadMathematics();
          return new CudaBackend(device, libraries.loaded());
        });
  }

  private static <T> T withDriver(BiFunction<CudaLibraries, JcudaNatives, T> work) {
    requirePlatform();
    CudaLibraries libraries = CudaLibraries.ofThisMachine();
    libraries.loadDriver();
    try (JcudaNatives natives = new JcudaNatives()) {
      natives.loadDriver();
      return work.apply(libraries, natives);
    } catch (LinkageError failure) {
      throw new UnsupportedOperationException(
          "JCuda does not load: " + reason(failure) + "; CUDA 12 or 13 and cuDNN 9 are needed",
          failure);
    } catch (DeviceException | DeviceMemoryError failure) {
      throw new UnsupportedOperationException(failure.getMessage(), failure);
    }
  }

  private static void requirePlatform() {
    String os = System.getProperty("os.name").toLowerCase(Locale.ROOT);
    String arch = System.getProperty("os.arch");
    if (!os.equals("linux") || !arch.equals("amd64")) {
      throw new DeviceNotFoundException(
          "it runs on Linux on x86-64 only, this is " + os + " on " + arch);
    }
  }

  /** The first line of the innermost cause that has a message. */
  private static String reason(Throwable failure) {
    Throwable cause = failure;
    while (cause.getCause() != null) {
      cause = cause.getCause();
    }
    return String.valueOf(cause.getMessage()).lines().findFirst().orElse("").strip();
  }
}
