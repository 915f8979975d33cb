/** What a clip of noisy frames says about where the bodies are: likelihoods over places. */
package hgn.floor.sight;
