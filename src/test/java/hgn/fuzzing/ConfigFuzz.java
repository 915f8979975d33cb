package hgn.fuzzing;

import hgn.config.ConfigLoader;
import java.nio.file.Path;
import java.util.List;

/** Configuration files. */
public final class ConfigFuzz {
  private static final Sandbox SANDBOX = new Sandbox();

  private ConfigFuzz() {}

  /** Loads what takes long the first time. */
  public static void fuzzerInitialize() {
    ConfigLoader.load(null, List.of());
    ConfigLoader.loadFlow(null, List.of());
  }

  /** Loads a file as each kind of configuration, and writes it. */
  public static void fuzzerTestOneInput(byte[] data) {
    Path file = SANDBOX.write("config.yaml", data);
    Trial.readPlain(data, () -> ConfigLoader.load(file, List.of()).toYaml());
    Trial.readPlain(data, () -> ConfigLoader.ofRun(file, List.of("train.steps=7")).toYaml());
    Trial.readPlain(data, () -> ConfigLoader.loadFlow(file, List.of()).toYaml());
    SANDBOX.empty();
  }
}
