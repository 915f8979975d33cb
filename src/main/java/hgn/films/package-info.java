/**
 * Films from files: detected by content, read by the packages below, resized, and cached. Training
 * uses windows of them.
 */
package hgn.films;
