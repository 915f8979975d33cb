/** Writing files as a whole or not at all, and saying in one line why one cannot be written. */
package hgn.files;
