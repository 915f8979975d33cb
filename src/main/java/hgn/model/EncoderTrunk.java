package hgn.model;

import hgn.autograd.Var;
import hgn.nn.Init;
import hgn.nn.Parameters;

/** Frames stacked on channels, seen at the architecture's contrast, to features. */
final class EncoderTrunk {
  private final Contrast contrast;
  private final ConvStack layers;

  /** Adds its layers to {@code parameters}, as part of the network {@code encoder}. */
  EncoderTrunk(Parameters parameters, Init init, HgnSpec spec) {
    int inputs = spec.framesIn() * spec.frameChannels();
    contrast = spec.contrast();
    layers = new ConvStack(parameters, init, "encoder.trunk", inputs, spec.encoder(), 1);
  }

  Var apply(Var frames) {
    return layers.apply(contrast.apply(frames));
  }

  /** Channels of the features. */
  int outputs() {
    return layers.outputs();
  }
}
