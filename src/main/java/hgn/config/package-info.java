/**
 * The configuration of a run: YAML, validated key by key and bound to immutable records.
 *
 * <p>{@link hgn.config.ConfigLoader} merges built-in defaults, a preset, a file and settings of the
 * command line into a {@link hgn.config.Config}.
 */
package hgn.config;
