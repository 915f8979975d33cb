package hgn.model;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import hgn.nn.ConvSpec;
import hgn.tensor.Activation;
import hgn.tensor.Conv2dGeometry;
import hgn.testing.Throws;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class HgnSpecTest {
  private static final Class<? extends Throwable> ARGUMENT = IllegalArgumentException.class;
  private static final List<ConvSpec> KEEP = List.of(ConvSpec.same(4, 1, Activation.RELU));
  private static final List<ConvSpec> HALVE = List.of(ConvSpec.same(6, 2, Activation.RELU));
  private static final List<ConvSpec> ENERGY = List.of(ConvSpec.same(1, 1, Activation.SOFTPLUS));

  private static HgnSpec spec(
      List<ConvSpec> encoder,
      List<ConvSpec> transformer,
      List<ConvSpec> hamiltonian,
      List<Integer> decoder) {
    return new HgnSpec(
        16,
        3,
        5,
        encoder,
        8,
        transformer,
        hamiltonian,
        BaseEnergy.NONE,
        1,
        decoder,
        Activation.IDENTITY);
  }

  @Test
  void sizesFollowFromTheStrides() {
    HgnSpec spec = spec(HALVE, HALVE, ENERGY, List.of(4, 4));
    assertEquals(8, spec.latentSize());
    assertEquals(4, spec.phaseSize());
    assertEquals(3, spec.phaseChannels());
    assertEquals(16, spec(KEEP, HALVE, ENERGY, List.of(4)).latentSize());
  }

  @Test
  void aLatentOfOnePixelIsSpread() {
    List<ConvSpec> gather =
        List.of(ConvSpec.same(6, 2, Activation.RELU), ConvSpec.gather(7, 8, Activation.RELU));
    HgnSpec spec =
        spec(gather, List.of(ConvSpec.spread(6, 4, Activation.TANH)), ENERGY, List.of(4, 4));
    assertEquals(1, spec.latentSize());
    assertEquals(4, spec.phaseSize());
  }

  @Test
  void anOddStateDoesNotSplit() {
    List<ConvSpec> odd = List.of(ConvSpec.same(5, 2, Activation.RELU));
    Throws.naming(
        ARGUMENT, () -> spec(KEEP, odd, ENERGY, List.of(4)), "[model]", "5 filters", "even");
  }

  @Test
  void theDecoderMustArriveAtTheFrame() {
    Throws.naming(
        ARGUMENT,
        () -> spec(HALVE, HALVE, ENERGY, List.of(4)),
        "[model]",
        "4x4",
        "1 doublings",
        "frames of 8",
        "not of 16",
        "number of blocks");
  }

  @Test
  void theEnergyIsOneNumber() {
    List<ConvSpec> two = List.of(ConvSpec.same(2, 1, Activation.SOFTPLUS));
    Throws.naming(
        ARGUMENT, () -> spec(KEEP, HALVE, two, List.of(4)), "[model]", "Hamiltonian", "2 filters");
    Throws.naming(
        ARGUMENT, () -> spec(KEEP, HALVE, List.of(), List.of(4)), "[model]", "Hamiltonian");
  }

  @Test
  void theEnergysWindowsMustFitTheState() {
    List<ConvSpec> wide =
        List.of(new ConvSpec(1, 9, Conv2dGeometry.symmetric(1, 0), Activation.SOFTPLUS));
    Throws.naming(
        ARGUMENT, () -> spec(KEEP, HALVE, wide, List.of(4)), "[model]", "Hamiltonian", "8x8");
  }

  @Test
  void withoutATransformerZIsTheState() {
    HgnSpec spec = spec(KEEP, HALVE, ENERGY, List.of(4)).withoutTransformer(HALVE);
    assertEquals(6, spec.latent());
    assertEquals(3, spec.phaseChannels());
    assertEquals(8, spec.phaseSize());
    assertEquals(spec.phaseSize(), spec.latentSize());
  }

  @Test
  void withoutATransformerTheEncodersStridesMustFit() {
    HgnSpec spec = spec(KEEP, HALVE, ENERGY, List.of(4));
    Throws.naming(
        ARGUMENT,
        () -> spec.withoutTransformer(KEEP),
        "[model]",
        "16x16",
        "frames of 32",
        "not of 16",
        "strides of the encoder, which makes the state");
  }

  @Test
  void framesThatAreNotSquareAreRefused() {
    Conv2dGeometry lopsided = new Conv2dGeometry(2, 1, 1, 0, 0);
    List<ConvSpec> layer = List.of(new ConvSpec(4, 3, lopsided, Activation.RELU));
    Throws.naming(
        ARGUMENT, () -> spec(KEEP, layer, ENERGY, List.of(4)), "[model]", "height", "width");
  }

  @Test
  void laterChangesOfTheListsDoNotReachIt() {
    List<Integer> blocks = new ArrayList<>(List.of(4));
    HgnSpec spec = spec(KEEP, HALVE, ENERGY, blocks);
    blocks.add(4);
    assertEquals(1, spec.decoder().size());
    assertThrows(UnsupportedOperationException.class, () -> spec.encoder().clear());
  }
}
