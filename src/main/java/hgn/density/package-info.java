/** Densities in the plane that flows are trained on: how to draw from them, and their values. */
package hgn.density;
