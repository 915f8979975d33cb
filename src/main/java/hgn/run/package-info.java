/** The files of a run: folder, metrics, checkpoints; and the transfer of networks between runs. */
package hgn.run;
