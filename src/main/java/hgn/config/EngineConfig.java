package hgn.config;

/**
 * Compute engine, section {@code engine}.
 *
 * @param backend name of a backend, or {@code auto} for the fastest available
 * @param threads threads of the backend; 0 means one per processor
 * @param precision precision to which a device may round the factors in encoder and decoder, see
 *     {@link hgn.tensor.Precision}
 */
public record EngineConfig(
    @OneOf(Choices.BACKENDS) String backend,
    @Range(min = 0, max = 9999) int threads,
    @OneOf(Choices.PRECISIONS) String precision) {}
