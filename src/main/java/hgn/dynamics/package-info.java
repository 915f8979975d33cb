/**
 * Motion through phase space on the tape: states, energies, the slope of an energy, and numerical
 * integrators of Hamilton's equations, one a file.
 */
package hgn.dynamics;
