package hgn.model;

import hgn.autograd.Var;
import hgn.nn.ConvStack;
import hgn.nn.FourierFeatures;
import hgn.nn.Init;
import hgn.nn.Parameters;

/** Maps q to the input image of the decoder's blocks; see {@link VectorToImageSpec}. */
final class VectorToImage {
  private final FourierFeatures octaves;
  private final ConvStack layers;
  private final OuterProduct product;
  private final ConvStack strokes;

  /**
   * Adds its parameters to {@code parameters}.
   *
   * @param inputs channels of q, as networks see it
   */
  VectorToImage(Parameters parameters, Init init, String name, int inputs, VectorToImageSpec spec) {
    octaves = spec.octaves();
    layers = new ConvStack(parameters, init, name, octaves.features(inputs), spec.layers(), 1);
    product =
        spec.profiles() == 0
            ? null
            : new OuterProduct(parameters, init, name, layers.outputs(), spec);
    int drawn = product == null ? layers.outputs() : spec.profiles();
    strokes = new ConvStack(parameters, init, name + ".strokes", drawn, spec.strokes(), 1);
  }

  Var apply(Var q) {
    Var h = layers.apply(octaves.lift(q));
    return strokes.apply(product == null ? h : product.apply(h));
  }

  /** Channels of the image. */
  int outputs() {
    return strokes.outputs();
  }
}
