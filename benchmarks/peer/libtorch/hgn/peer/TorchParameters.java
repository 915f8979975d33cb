package hgn.peer;

import hgn.nn.Parameters;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorVector;

/** Copies of a model's parameters as leaves of libtorch's graph, under the same names. */
final class TorchParameters {
  private final Map<String, Tensor> leaves = new LinkedHashMap<>();

  /** Copies the values that {@code parameters} have now. */
  TorchParameters(Parameters parameters) {
    parameters
        .all()
        .forEach(
            parameter -> {
              float[] values = parameter.value().toFloats();
              Tensor leaf = Exchange.parameter(values, parameter.shape());
              leaf.set_requires_grad(true);
              leaves.put(parameter.name(), leaf);
            });
  }

  /** The leaf of that name. */
  Tensor get(String name) {
    Tensor leaf = leaves.get(name);
    if (leaf == null) {
      throw new IllegalArgumentException(
          "[peer] the model has no parameter '" + name + "'; it has " + leaves.keySet());
    }
    return leaf;
  }

  /** All names. */
  Set<String> names() {
    return leaves.keySet();
  }

  /** All leaves. */
  TensorVector all() {
    return new TensorVector(leaves.values().toArray(Tensor[]::new));
  }

  /** The leaves of one network. */
  List<Tensor> of(String network) {
    return leaves.entrySet().stream()
        .filter(leaf -> leaf.getKey().startsWith(network + "."))
        .map(Map.Entry::getValue)
        .toList();
  }
}
