/** Runs beside one another: what they were told, how they learnt, and what came out. */
package hgn.compare;
