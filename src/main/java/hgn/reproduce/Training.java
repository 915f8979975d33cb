package hgn.reproduce;

import java.util.List;

/**
 * One training run of a reproduction.
 *
 * @param name of its folder; two trainings of one name are the same
 * @param settings {@code section.key=value}, all that differ from the built-in defaults
 */
public record Training(String name, List<String> settings) {
  /** Keeps the settings as they are. */
  public Training {
    settings = List.copyOf(settings);
  }

  /** The command that makes this run alone. */
  public String command() {
    StringBuilder line = new StringBuilder("hgn4j train --name ").append(name);
    settings.forEach(setting -> line.append(" --set ").append(setting));
    return line.toString();
  }
}
