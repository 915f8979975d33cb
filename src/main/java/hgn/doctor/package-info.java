/** Examinations of a machine: whether a backend computes correctly, how exactly, and how fast. */
package hgn.doctor;
