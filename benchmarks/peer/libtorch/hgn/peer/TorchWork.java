package hgn.peer;

import hgn.bench.BenchWork;
import hgn.data.Batch;
import java.util.List;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.GradMode;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorVector;
import org.bytedeco.pytorch.global.torch;

/** The work of {@link BenchWork}, done by libtorch, on inputs that lie ready before. */
final class TorchWork {
  private final TorchHgn model;
  private final Batch data;

  /** Prepares work on {@code model}; all but the step takes only the shapes from {@code data}. */
  TorchWork(TorchHgn model, Batch data) {
    this.model = model;
    this.data = data;
  }

  /** The work of that part. */
  Runnable of(Part part) {
    return switch (part) {
      case STEP -> step();
      case ROLLOUT -> rollout();
      case ROLLOUT_GRAD -> rolloutGrad();
      case ENCODER -> encoder();
      case DECODER -> decoder();
    };
  }

  /** A whole training step: forward, loss, backward, Adam. */
  private Runnable step() {
    TorchStep step = new TorchStep(model, data);
    return step::run;
  }

  /** All integrator steps from given q and p, nothing recorded. */
  private Runnable rollout() {
    Tensor q = states(data.size());
    Tensor p = states(data.size());
    return scoped(
        () -> {
          GradMode.set_enabled(false);
          try {
            model.leapfrog().rollout(q, p, frames());
          } finally {
            GradMode.set_enabled(true);
          }
        });
  }

  /** The same, and back to the energy's weights, q and p. */
  private Runnable rolloutGrad() {
    Tensor q = leaf(states(data.size()));
    Tensor p = leaf(states(data.size()));
    Tensor ofQ = torch.randn(q.shape());
    Tensor ofP = torch.randn(p.shape());
    TensorVector by = leaves("hamiltonian", q, p);
    return scoped(
        () -> {
          TorchLeapfrog.Motion motion = model.leapfrog().rollout(q, p, frames());
          Tensor ends = motion.position().mul(ofQ).sum().add(motion.momentum().mul(ofP).sum());
          differentiate(ends, by);
        });
  }

  /** Frames to z, and back to the encoder's weights. */
  private Runnable encoder() {
    int size = model.spec().frameSize();
    int channels = model.spec().framesIn() * model.spec().frameChannels();
    int latentSize = model.spec().latentSize();
    long[] latent = {data.size(), model.spec().latent(), latentSize, latentSize};
    Tensor clips = torch.rand(data.size(), channels, size, size);
    Tensor noise = torch.randn(latent);
    Tensor of = torch.randn(latent);
    TensorVector by = leaves("encoder");
    return scoped(
        () -> {
          Tensor z = model.encoder().apply(clips).sample(noise);
          differentiate(z.mul(of).sum(), by);
        });
  }

  /** The q's of all frames to frames, and back to the decoder's weights and the q's. */
  private Runnable decoder() {
    int size = model.spec().frameSize();
    int count = data.size() * frames();
    Tensor q = leaf(states(count));
    Tensor of = torch.randn(count, model.spec().frameChannels(), size, size);
    TensorVector by = leaves("decoder", q);
    return scoped(() -> differentiate(model.decoder().apply(q).mul(of).sum(), by));
  }

  private static Runnable scoped(Runnable work) {
    return () -> {
      try (PointerScope scope = new PointerScope()) {
        work.run();
      }
    };
  }

  private static void differentiate(Tensor scalar, TensorVector by) {
    torch.grad(new TensorVector(scalar), by);
  }

  private static Tensor leaf(Tensor x) {
    x.set_requires_grad(true);
    return x;
  }

  private TensorVector leaves(String network, Tensor... more) {
    TensorVector leaves = new TensorVector();
    List<Tensor> weights = model.parameters().of(network);
    weights.forEach(leaves::push_back);
    List.of(more).forEach(leaves::push_back);
    return leaves;
  }

  private Tensor states(int count) {
    int size = model.spec().phaseSize();
    return torch.rand(count, model.spec().phaseChannels(), size, size);
  }

  private int frames() {
    return data.times().length;
  }
}
