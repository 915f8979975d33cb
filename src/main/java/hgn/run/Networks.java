package hgn.run;

import hgn.config.ConfigException;
import hgn.nn.Parameters;
import hgn.text.Hints;
import java.util.Collection;
import java.util.List;

/** Checks names of networks given by users. */
public final class Networks {
  private Networks() {}

  /**
   * Checks that a model has all these networks.
   *
   * @throws ConfigException naming {@code source}, the first unknown network and the existing ones
   */
  public static void require(String source, Collection<String> names, Parameters parameters) {
    List<String> there = List.copyOf(parameters.networks());
    for (String name : names) {
      if (!there.contains(name)) {
        throw new ConfigException(
            source
                + ": a model of the kind '"
                + parameters.owner()
                + "' has no network '"
                + name
                + "', the nearest is '"
                + Hints.nearest(name, there)
                + "'; it has "
                + String.join(", ", there));
      }
    }
  }
}
