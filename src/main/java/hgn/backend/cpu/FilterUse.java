package hgn.backend.cpu;

/** What 3x3 weights are used for: each use prepares them in its own way. */
enum FilterUse {
  CONV,
  CONV_INPUT_GRAD,
  DOUBLED,
  DOUBLED_INPUT_GRAD
}
