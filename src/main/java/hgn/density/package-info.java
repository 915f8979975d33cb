/** Densities in the plane that flows are trained on, with sampling and exact values. */
package hgn.density;
