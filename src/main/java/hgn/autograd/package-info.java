/**
 * Reverse-mode automatic differentiation of any order.
 *
 * <p>{@link hgn.autograd.Tape} records the operations on {@link hgn.autograd.Var}s, and {@link
 * hgn.autograd.Gradients} walks them backward. The derivative rules are defined with the operations
 * in {@link hgn.autograd.ops}, in terms of operations on {@code Var}, so that a gradient is on the
 * tape too and can be differentiated again.
 */
package hgn.autograd;
