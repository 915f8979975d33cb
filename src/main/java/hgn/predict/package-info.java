/** What a trained model predicts, and how far that is from the frames. */
package hgn.predict;
