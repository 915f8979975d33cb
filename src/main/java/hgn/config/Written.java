package hgn.config;

/** A setting of its own type that stands in a configuration as the text of {@link #toString}. */
sealed interface Written permits FramesIn, Noise {}
