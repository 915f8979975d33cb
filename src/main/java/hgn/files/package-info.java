/** Atomic writing of files, locks of folders, and one-line messages of I/O errors. */
package hgn.files;
