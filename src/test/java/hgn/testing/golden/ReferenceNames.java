package hgn.testing.golden;

import hgn.nn.Parameter;
import hgn.nn.Parameters;
import java.util.Map;

/** The references' names of the model's parameters. */
public final class ReferenceNames {
  private ReferenceNames() {}

  /**
   * The reference's name of a parameter.
   *
   * @param name the engine's name, such as {@code hamiltonian.0.weight}
   * @param parameters all parameters of the model, to determine the last layer
   */
  public static String of(String name, Parameters parameters) {
    String module = name.substring(0, name.indexOf('.'));
    String role = name.substring(name.lastIndexOf('.') + 1);
    String layer = name.substring(module.length() + 1, name.length() - role.length() - 1);
    return switch (module) {
      case "encoder" -> "encoder." + encoder(layer) + "." + role;
      case "decoder" -> "decoder." + decoder(layer) + "." + role;
      case "hamiltonian" -> "hnn." + stack(module, layer, parameters) + "." + role;
      default -> module + "." + stack(module, layer, parameters) + "." + role;
    };
  }

  private static String encoder(String layer) {
    if (!layer.startsWith("trunk.")) {
      return "out_" + layer;
    }
    int index = Integer.parseInt(layer.substring("trunk.".length()));
    return index == 0 ? "input_conv" : "hidden_layers." + (index - 1);
  }

  private static String decoder(String layer) {
    if (layer.equals("out")) {
      return "out_conv";
    }
    String[] parts = layer.substring("block".length()).split("\\.");
    Map<String, String> roles =
        Map.of("first", "conv1", "second", "conv2", "skip", "dim_match_conv");
    return "residual_blocks." + parts[0] + "." + roles.get(parts[1]);
  }

  private static String stack(String module, String layer, Parameters parameters) {
    int index = Integer.parseInt(layer);
    String next = module + "." + (index + 1) + ".weight";
    boolean last = parameters.all().stream().map(Parameter::name).noneMatch(next::equals);
    if (index == 0) {
      return "in_conv";
    }
    return last ? "out_conv" : "hidden_layers." + (index - 1);
  }

  /**
   * Overwrites the parameters with a case's.
   *
   * @param prefix prefix that the case omits from its names, such as {@code hnn.}
   */
  public static void load(Parameters into, Map<String, GoldenArray> from, String prefix) {
    for (Parameter parameter : into.all()) {
      String name = of(parameter.name(), into);
      if (name.startsWith(prefix)) {
        GoldenArray values = from.get(name.substring(prefix.length())).parameterToEngine();
        parameter.value().set(values.values());
      }
    }
  }
}
