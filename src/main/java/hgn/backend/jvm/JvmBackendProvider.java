package hgn.backend.jvm;

import hgn.tensor.Backend;
import hgn.tensor.BackendProvider;

/** Offers the {@link JvmBackend}, the fallback if the user names no backend. */
public final class JvmBackendProvider implements BackendProvider {
  private static final class Holder {
    static final Backend INSTANCE = new JvmBackend();
  }

  @Override
  public String name() {
    return JvmBackend.NAME;
  }

  @Override
  public int priority() {
    return 0;
  }

  @Override
  public Backend get() {
    return Holder.INSTANCE;
  }
}
