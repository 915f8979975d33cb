package hgn.config;

/**
 * What computes, section {@code engine}.
 *
 * @param backend name of a backend, or {@code auto} for the fastest that runs here
 * @param threads threads of the backend; 0 means one a processor
 * @param precision how a device may round the factors of encoder and decoder, see {@link
 *     hgn.tensor.Precision}
 */
public record EngineConfig(
    @OneOf(Choices.BACKENDS) String backend,
    @Range(min = 0, max = 9999) int threads,
    @OneOf(Choices.PRECISIONS) String precision) {}
