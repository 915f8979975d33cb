package hgn.config;

/** A setting with its own type, written to the configuration by {@link #toString}. */
sealed interface Written permits FramesIn, Noise {}
