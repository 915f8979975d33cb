/**
 * Drawing on machines that lack fonts or more, with a font of the jar's own; and writing of
 * animated GIFs with a good palette, which the Java library lacks.
 */
package hgn.images;
