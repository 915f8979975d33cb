package hgn.tensor;

/** A parameter w, its gradient g, and the first and second moment m and v; all of one shape. */
public record AdamSlot(Tensor w, Tensor g, Tensor m, Tensor v) {}
