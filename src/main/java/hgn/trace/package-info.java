/**
 * Traces a backend's operations and their durations: {@link hgn.trace.TracedBackend} times the
 * calls, {@link hgn.trace.Trace} collects and writes them.
 */
package hgn.trace;
