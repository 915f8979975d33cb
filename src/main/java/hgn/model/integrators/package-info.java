/** Numerical integrators of Hamilton's equations on the tape, one a file. */
package hgn.model.integrators;
