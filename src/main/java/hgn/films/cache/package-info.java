/** A cache of films: frames of uniform size in a memory-mapped file. */
package hgn.films.cache;
