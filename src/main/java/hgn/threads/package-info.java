/** Threads, where the system may grant fewer than are asked for. */
package hgn.threads;
