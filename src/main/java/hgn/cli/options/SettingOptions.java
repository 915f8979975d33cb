package hgn.cli.options;

import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Option;

/** Options that set keys of the configuration. */
public final class SettingOptions {
  @Option(
      names = "--set",
      paramLabel = "KEY=VALUE",
      description = "One setting, such as train.batch=32; may be repeated.")
  private List<String> settings = new ArrayList<>();

  @Option(
      names = {"--device", "--backend"},
      paramLabel = "NAME",
      description = "Backend: cuda, cpu, jvm or auto; the same as --set engine.backend=NAME.")
  private String device;

  /** Settings of the command line, followed by that of {@code --device}. */
  public List<String> all() {
    List<String> all = new ArrayList<>(settings);
    if (device != null) {
      all.add("engine.backend=" + device);
    }
    return all;
  }
}
