/**
 * Differentiable operations, one family per file. Each method computes an operation's value and
 * defines its pullbacks.
 *
 * <p>Families are closed: the pullbacks of a family are written in its own members, so that
 * derivatives of higher order need no further code. The gradient checks find every public method
 * that returns a {@code Var}, and one without a check fails the build.
 */
package hgn.autograd.ops;
