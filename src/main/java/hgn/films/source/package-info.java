/** Classes shared by all film readers: frames, sources, resizing. */
package hgn.films.source;
