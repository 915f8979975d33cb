/** Examination of a machine: correctness, precision and speed of its backends. */
package hgn.doctor;
