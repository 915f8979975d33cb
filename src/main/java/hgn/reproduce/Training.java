package hgn.reproduce;

import hgn.text.Shell;
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

  /** The arguments of the program that run only this training, quoted for a shell. */
  public String command() {
    StringBuilder line = new StringBuilder("train --name ").append(Shell.quote(name));
    settings.forEach(setting -> line.append(" --set ").append(Shell.quote(setting)));
    return line.toString();
  }
}
