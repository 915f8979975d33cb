/**
 * Ranks that MPI connects. Only {@link hgn.ranks.mpi.MpiRanks} is for others; the native library is
 * built where an MPI is, and loaded only in a process that a launcher has started beside others.
 */
package hgn.ranks.mpi;
