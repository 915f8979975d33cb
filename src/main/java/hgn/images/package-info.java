/** Files of pictures that the Java library does not write well by itself. */
package hgn.images;
