/** Training data: windows of rollouts, simulated or read from films, and batches of them. */
package hgn.data;
