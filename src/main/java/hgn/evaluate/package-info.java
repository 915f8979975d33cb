/** All that is measured of a trained model: errors, horizons, energies, latents and samples. */
package hgn.evaluate;
