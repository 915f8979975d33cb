/**
 * What a piece of work has a backend do, and how long each operation takes: {@link
 * hgn.trace.TracedBackend} times the calls, {@link hgn.trace.Trace} collects and writes them.
 */
package hgn.trace;
