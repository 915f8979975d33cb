package hgn.tensor;

import java.util.stream.Stream;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.ArgumentsProvider;

/** Every backend, in every dtype, on tensors of their own and on views. */
final class Lanes implements ArgumentsProvider {
  @Override
  public Stream<? extends Arguments> provideArguments(ExtensionContext context) {
    return Backends.providers().stream()
        .flatMap(
            provider ->
                Stream.of(DType.values())
                    .flatMap(
                        dtype ->
                            Stream.of(false, true)
                                .map(views -> Arguments.of(new Lane(provider, dtype, views)))));
  }
}
