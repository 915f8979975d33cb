/** Predictions of a trained model, and their errors. */
package hgn.predict;
