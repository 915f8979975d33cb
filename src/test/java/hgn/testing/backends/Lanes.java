package hgn.testing.backends;

import hgn.tensor.DType;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.ArgumentsProvider;

/**
 * Every backend, in every dtype, on whole tensors and on views; the CUDA backend on the GPU, or on
 * the emulator if there is none.
 */
public final class Lanes implements ArgumentsProvider {
  static {
    if (CudaEmulator.available()) {
      CudaEmulator.install();
    }
  }

  @Override
  public Stream<? extends Arguments> provideArguments(ExtensionContext context) {
    return TestedBackends.providers()
        .flatMap(
            provider ->
                Stream.of(DType.values())
                    .flatMap(
                        dtype ->
                            Stream.of(false, true)
                                .map(views -> Arguments.of(new Lane(provider, dtype, views)))));
  }
}
