/**
 * The physical systems and their ground truth: one system per file with its Hamiltonian, plain
 * double arithmetic, an adaptive solver of high order, and a counter-based random generator, so
 * that every rollout is a pure function of its seed and index.
 *
 * <p>Elementary functions come from Hipparchus' {@code FastMath}, which is pure Java and thus gives
 * the same bits on every virtual machine, where {@link java.lang.Math} may differ in the last
 * place.
 */
package hgn.physics;
