/** Benchmark workloads, and the operations and bytes that each needs. */
package hgn.bench;
