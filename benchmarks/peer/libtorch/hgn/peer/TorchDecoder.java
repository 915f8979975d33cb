package hgn.peer;

import hgn.model.HgnSpec;
import hgn.tensor.Activation;
import java.util.ArrayList;
import java.util.List;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/** p_theta(x | q), see {@link hgn.model.Decoder}: layers as they are written there. */
final class TorchDecoder {
  private final List<Block> blocks = new ArrayList<>();
  private final TorchConv out;

  TorchDecoder(TorchParameters parameters, HgnSpec spec) {
    int channels = spec.phaseChannels();
    for (int i = 0; i < spec.decoder().size(); i++) {
      int filters = spec.decoder().get(i);
      String name = "decoder.block" + i;
      TorchConv skip =
          channels == filters
              ? null
              : TorchConv.same(parameters, name + ".skip", 1, Activation.IDENTITY);
      blocks.add(
          new Block(
              TorchConv.same(parameters, name + ".first", 3, Activation.LEAKY_RELU),
              TorchConv.same(parameters, name + ".second", 3, Activation.LEAKY_RELU),
              skip,
              spec.blockActivation()));
      channels = filters;
    }
    out = TorchConv.same(parameters, "decoder.out", 3, Activation.SIGMOID);
  }

  /** q (N,C,h,w) to frames (N,colours,H,W) in (0, 1). */
  Tensor apply(Tensor q) {
    return Scope.only(
        () -> {
          Tensor y = q;
          for (Block block : blocks) {
            y = block.apply(y);
          }
          return out.apply(y);
        });
  }

  /** u = upsample(x); y = f(second(first(u)) + skip(u)). */
  private record Block(TorchConv first, TorchConv second, TorchConv skip, Activation activation) {
    Tensor apply(Tensor x) {
      return Scope.only(
          () -> {
            Tensor u = torch.upsample_nearest2d(x, 2 * x.size(2), 2 * x.size(3));
            Tensor detour = second.apply(first.apply(u));
            Tensor straight = skip == null ? u : skip.apply(u);
            return TorchActivation.apply(activation, detour.add(straight));
          });
    }
  }
}
