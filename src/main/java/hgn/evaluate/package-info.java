/** Evaluation of a trained model: errors, valid prediction times, energies, latents and samples. */
package hgn.evaluate;
