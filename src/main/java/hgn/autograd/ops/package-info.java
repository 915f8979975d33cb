/**
 * Differentiable operations, one family a file, each with its value and its pullbacks in one
 * method.
 *
 * <p>Families are closed: the pullbacks of a family are written in its own members, so that a
 * second, third, ... derivative costs nothing to write. Every public method that returns a {@code
 * Var} is found by the gradient checks, and one without a check fails the build.
 */
package hgn.autograd.ops;
