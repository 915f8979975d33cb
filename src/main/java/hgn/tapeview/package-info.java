/**
 * Pictures of the tape: {@link hgn.tapeview.TapeRecorder} collects what a computation records,
 * {@link hgn.tapeview.TapeGraph} holds it, {@link hgn.tapeview.DotText} and {@link
 * hgn.tapeview.TapePage} draw it.
 */
package hgn.tapeview;
