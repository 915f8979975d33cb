/**
 * Operations whose gradient is not that of the steps by which they are computed: solutions of
 * equations, and sums whose terms are differentiated at once to save memory.
 */
package hgn.autograd.custom;
