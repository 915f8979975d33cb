/** Counter-based random numbers, shared by the tensor engine and the physical systems. */
package hgn.random;
