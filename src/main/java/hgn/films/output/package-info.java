/** Writers of rollouts in the formats of {@code generate}. */
package hgn.films.output;
