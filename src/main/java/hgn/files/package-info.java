/**
 * Atomic writing of files, locks of folders, one-line messages of I/O errors, and native code that
 * is unpacked for a moment.
 */
package hgn.files;
