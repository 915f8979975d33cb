/** Pieces of work to be timed, and how many operations and bytes each needs. */
package hgn.bench;
