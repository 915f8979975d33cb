/**
 * What a run leaves on disk: its folder, metrics and checkpoints, and what another run takes over.
 */
package hgn.run;
