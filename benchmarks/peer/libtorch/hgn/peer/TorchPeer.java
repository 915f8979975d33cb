package hgn.peer;

import hgn.data.Batch;
import hgn.model.Hgn;
import hgn.tensor.Shape;
import java.util.LinkedHashMap;
import java.util.Map;

/** libtorch's copy of a model. */
final class TorchPeer implements PeerModel {
  private final TorchHgn model;
  private final TorchStep step;

  TorchPeer(Hgn model, Batch batch) {
    this.model = new TorchHgn(model);
    this.step = new TorchStep(this.model, batch);
  }

  @Override
  public double step(float[] noise, Shape latent) {
    return step.run(Exchange.images(noise, latent));
  }

  @Override
  public Map<String, float[]> gradients() {
    Map<String, float[]> gradients = new LinkedHashMap<>();
    for (String name : model.parameters().names()) {
      gradients.put(name, Exchange.numbers(model.parameters().get(name).grad()));
    }
    return gradients;
  }
}
