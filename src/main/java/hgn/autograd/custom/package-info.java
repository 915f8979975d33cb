/**
 * Operations with custom gradients, not those of the steps that compute them: solutions of
 * equations, and sums whose terms are differentiated eagerly to save memory.
 */
package hgn.autograd.custom;
