/**
 * Benchmarks of every part of a training step, each beside the ceiling of the machine that it runs
 * on.
 */
package hgn.benchmarks;
