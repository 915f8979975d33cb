package hgn.backend.cpu;

import hgn.tensor.Backend;
import hgn.tensor.BackendProvider;

/**
 * Offers the {@link CpuBackend} on Linux on x86-64, where the native library has been built and
 * loads.
 */
public final class CpuBackendProvider implements BackendProvider {
  private static Backend instance;
  private static UnsupportedOperationException refusal;

  @Override
  public String name() {
    return CpuBackend.NAME;
  }

  @Override
  public int priority() {
    return 10;
  }

  @Override
  public Backend get() {
    NativeLibrary.requirePlatform(System.getProperty("os.name"), System.getProperty("os.arch"));
    return loaded();
  }

  private static synchronized Backend loaded() {
    if (refusal != null) {
      throw new UnsupportedOperationException(refusal.getMessage(), refusal);
    }
    if (instance == null) {
      try {
        instance = CpuBackend.load();
      } catch (UnsupportedOperationException reason) {
        refusal = reason;
        throw reason;
      } catch (LinkageError failure) {
        refusal =
            new UnsupportedOperationException(
                "the native library does not fit this program: "
                    + failure.getMessage()
                    + "; build it anew",
                failure);
        throw refusal;
      }
    }
    return instance;
  }
}
