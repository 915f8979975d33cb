/**
 * The configuration of a run: YAML, checked key by key, bound to immutable records.
 *
 * <p>{@link hgn.config.ConfigLoader} lays built-in defaults, a preset, a file and settings of the
 * command line over one another and gives a {@link hgn.config.Config}.
 */
package hgn.config;
