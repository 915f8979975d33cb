package hgn.model;

import hgn.autograd.Var;
import hgn.autograd.ops.Layout;
import hgn.nn.Init;
import hgn.nn.Linear;
import hgn.nn.Parameters;
import hgn.tensor.Activation;
import hgn.tensor.Shape;

/**
 * One dense linear layer, applied to each frame of a clip separately. The position of a disc is a
 * weighted sum of pixels, which such a layer computes to a fraction of a pixel, and which
 * convolutions with small windows learn slowly.
 */
final class FrameFeatures {
  private final Linear layer;
  private final int frames;
  private final int features;

  FrameFeatures(Parameters parameters, Init init, String name, HgnSpec spec) {
    frames = spec.framesIn();
    features = spec.frameFeatures();
    int pixels = spec.frameSize() * spec.frameSize() * spec.frameChannels();
    layer = new Linear(parameters, init, name, pixels, features, Activation.IDENTITY, Presets.HE);
  }

  /** Maps frames stacked along the channels (N,H,W,F * colours) to (N,1,1,F * features). */
  Var apply(Var clips) {
    Shape shape = clips.shape();
    int size = shape.dim(0);
    int area = shape.dim(1) * shape.dim(2);
    int colours = shape.dim(3) / frames;
    Var stacked = Layout.reshape(clips, Shape.of(size, area, frames, colours));
    Var apart = Layout.transpose(stacked);
    Var rows = Layout.reshape(apart, Shape.of(size * frames, area * colours));
    return Layout.reshape(layer.apply(rows), Shape.of(size, 1, 1, frames * features));
  }

  /** Channels of the result. */
  int outputs() {
    return frames * features;
  }
}
