/**
 * Reverse-mode automatic differentiation of any order.
 *
 * <p>{@link hgn.autograd.Tape} records what is computed from {@link hgn.autograd.Var}s, {@link
 * hgn.autograd.Gradients} walks it backward. The rules stand beside the operations in {@link
 * hgn.autograd.ops} and are written in operations on {@code Var} themselves, so that a gradient is
 * on the tape too and can be differentiated again.
 */
package hgn.autograd;
