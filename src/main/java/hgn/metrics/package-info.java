/**
 * Metrics beyond pixel errors, on plain arrays: valid prediction time, whether learnt coordinates
 * are canonical, and diversity of samples.
 */
package hgn.metrics;
