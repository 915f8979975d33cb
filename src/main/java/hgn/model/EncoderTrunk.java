package hgn.model;

import hgn.autograd.Var;
import hgn.nn.ConvStack;
import hgn.nn.Init;
import hgn.nn.Parameters;

/** Maps frames stacked along the channels, at the architecture's contrast, to features. */
final class EncoderTrunk {
  private final Contrast contrast;
  private final FrameFeatures frameFeatures;
  private final ConvStack layers;

  /** Adds its layers to {@code parameters}, as part of the network {@code encoder}. */
  EncoderTrunk(Parameters parameters, Init init, HgnSpec spec) {
    frameFeatures =
        spec.frameFeatures() == 0
            ? null
            : new FrameFeatures(parameters, init, "encoder.frame", spec);
    int inputs =
        frameFeatures == null ? spec.framesIn() * spec.frameChannels() : frameFeatures.outputs();
    contrast = spec.contrast();
    layers = new ConvStack(parameters, init, "encoder.trunk", inputs, spec.encoder(), 1);
  }

  Var apply(Var frames) {
    Var seen = contrast.apply(frames);
    return layers.apply(frameFeatures == null ? seen : frameFeatures.apply(seen));
  }

  /** Channels of the features. */
  int outputs() {
    return layers.outputs();
  }
}
