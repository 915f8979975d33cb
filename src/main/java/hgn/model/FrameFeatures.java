package hgn.model;

import hgn.autograd.Var;
import hgn.autograd.ops.Layout;
import hgn.nn.Init;
import hgn.nn.Linear;
import hgn.nn.Parameters;
import hgn.tensor.Activation;
import hgn.tensor.Shape;
import java.util.ArrayList;
import java.util.List;

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
    int colours = shape.dim(3) / frames;
    List<Var> single = new ArrayList<>(frames);
    for (int t = 0; t < frames; t++) {
      single.add(Layout.slice(clips, 3, t * colours, colours));
    }
    int pixels = Math.toIntExact(shape.count() / ((long) size * frames));
    Var all = Layout.reshape(Layout.concat(single, 0), Shape.of(frames * size, pixels));
    Var seen = layer.apply(all);
    List<Var> rows = new ArrayList<>(frames);
    for (int t = 0; t < frames; t++) {
      rows.add(Layout.rows(seen, t * size, size));
    }
    return Layout.reshape(Layout.concat(rows, 1), Shape.of(size, 1, 1, frames * features));
  }

  /** Channels of the result. */
  int outputs() {
    return frames * features;
  }
}
