/** What all readers of films share: frames, the source that gives them, and how they are fitted. */
package hgn.films.source;
