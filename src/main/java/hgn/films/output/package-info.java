/** Rollouts written to disk, in the formats that {@code generate} offers. */
package hgn.films.output;
