package hgn.reproduce;

import java.util.List;

/**
 * One training run of a reproduction.
 *
 * @param name name of its run folder, which identifies the training
 * @param settings {@code section.key=value}, all that differ from the built-in defaults
 */
public record Training(String name, List<String> settings) {
  public Training {
    settings = List.copyOf(settings);
  }

  /** The command that runs only this training. */
  public String command() {
    StringBuilder line = new StringBuilder("hgn4j train --name ").append(name);
    settings.forEach(setting -> line.append(" --set ").append(setting));
    return line.toString();
  }
}
