/**
 * Motion in phase space on the tape: states, energies, their vector fields, and numerical
 * integrators of Hamilton's equations, one per file.
 */
package hgn.dynamics;
