/** Writing of animated GIFs with a good palette, which the Java library lacks. */
package hgn.images;
