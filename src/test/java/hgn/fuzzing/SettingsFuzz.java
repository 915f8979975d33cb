package hgn.fuzzing;

import hgn.config.ConfigLoader;
import java.util.List;

/** Words given to {@code --set}, one a line. */
public final class SettingsFuzz {
  private SettingsFuzz() {}

  /** Loads what takes long the first time. */
  public static void fuzzerInitialize() {
    ConfigLoader.load(null, List.of());
    ConfigLoader.loadFlow(null, List.of());
  }

  /** Loads the configuration that they give. */
  public static void fuzzerTestOneInput(byte[] data) {
    List<String> words = Input.of(data, 1).text().lines().toList();
    Trial.readPlain(data, () -> ConfigLoader.load(null, words).toYaml());
    Trial.readPlain(data, () -> ConfigLoader.loadFlow(null, words).toYaml());
  }
}
