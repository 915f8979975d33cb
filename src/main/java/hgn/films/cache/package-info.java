/** Films of one size in a file that is mapped into memory, made once and known again. */
package hgn.films.cache;
