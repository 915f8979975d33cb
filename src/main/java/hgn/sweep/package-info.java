/** Many trainings over a grid or a list of settings, here or on a cluster. */
package hgn.sweep;
