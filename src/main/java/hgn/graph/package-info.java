/**
 * Pictures of the tape: {@link hgn.graph.TapeRecorder} collects what a computation records, {@link
 * hgn.graph.TapeGraph} holds it, {@link hgn.graph.DotText} and {@link hgn.graph.TapePage} draw it.
 */
package hgn.graph;
