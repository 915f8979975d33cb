/**
 * Writing files as a whole or not at all, into folders that no other process writes into, and
 * saying in one line why that cannot be.
 */
package hgn.files;
