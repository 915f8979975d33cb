package hgn.nn;

import hgn.autograd.Var;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** A stack of convolutions. */
public final class ConvStack {
  private final List<Conv2d> layers = new ArrayList<>();
  private final int outputs;

  public ConvStack(
      Parameters parameters,
      Init init,
      String name,
      int inputs,
      List<ConvSpec> specs,
      double gain) {
    int channels = inputs;
    for (int i = 0; i < specs.size(); i++) {
      ConvSpec spec = specs.get(i);
      layers.add(
          new Conv2d(
              parameters,
              init,
              name + "." + i,
              channels,
              spec.filters(),
              spec.kernel(),
              spec.geometry(),
              spec.activation(),
              gain * spec.gain()));
      channels = spec.filters();
    }
    outputs = channels;
  }

  public Var apply(Var x) {
    Var y = x;
    for (Conv2d layer : layers) {
      y = layer.apply(y);
    }
    return y;
  }

  /** The convolutions, in order. */
  public List<Conv2d> layers() {
    return Collections.unmodifiableList(layers);
  }

  /** Channels of the result. */
  public int outputs() {
    return outputs;
  }
}
