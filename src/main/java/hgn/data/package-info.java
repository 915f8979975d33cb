/** What training takes: windows of rollouts, made or read, and batches of them. */
package hgn.data;
