package hgn.tensor;

/**
 * A parameter w, its gradient g, and the first and second moments m and v; all have the same shape.
 */
public record AdamSlot(Tensor w, Tensor g, Tensor m, Tensor v) {}
